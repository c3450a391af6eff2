package dev.drey.client.transport;

import java.net.URI;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * A read goes on to another place of the origin that it went to, a few times: what is meant for one
 * server reaches no other. All other redirects are answers.
 */
final class SameOriginRedirects extends DefaultRedirectStrategy {
    static final int MOST = 5;

    @Override
    public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
            throws HttpException {
        HttpClientContext client = HttpClientContext.cast(context);
        return Method.GET.isSame(request.getMethod())
                && super.isRedirected(request, response, context)
                && client.getRedirectLocations().size() < MOST
                && isSameOrigin(
                        client.getHttpRoute().getTargetHost(),
                        getLocationURI(request, response, context));
    }

    private static boolean isSameOrigin(HttpHost asked, URI location) {
        return asked.getSchemeName().equalsIgnoreCase(location.getScheme())
                && asked.getHostName().equalsIgnoreCase(location.getHost())
                && port(asked.getSchemeName(), asked.getPort())
                        == port(location.getScheme(), location.getPort());
    }

    private static int port(String scheme, int port) {
        if (port >= 0) {
            return port;
        }
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }
}
