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
    public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context) {
        return Method.GET.isSame(request.getMethod())
                && staysHere(request, response, HttpClientContext.cast(context));
    }

    private boolean staysHere(
            HttpRequest request, HttpResponse response, HttpClientContext context) {
        try {
            return super.isRedirected(request, response, context)
                    && context.getRedirectLocations().size() < MOST
                    && isSameOrigin(
                            context.getHttpRoute().getTargetHost(),
                            getLocationURI(request, response, context));
        } catch (HttpException e) {
            // It is no URI: the answer says what it is instead.
            return false;
        }
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
