package dev.drey.server.jars;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import dev.drey.model.jars.JarRunRequestBody;
import dev.drey.server.JsonTrees;
import dev.drey.server.TestServer;
import dev.drey.server.error.ThrowableMapper;
import dev.drey.server.http.JsonBodyInterceptor;
import dev.drey.server.http.WireFormatFilter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarRunQueryTest {

    @AutoClose
    private static final TestServer SERVER =
            TestServer.of(
                    new ResourceConfig(
                                    Echo.class,
                                    ThrowableMapper.class,
                                    WireFormatFilter.class,
                                    JacksonJsonProvider.class)
                            .register(new JsonBodyInterceptor(new ObjectMapper().reader())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "entry-class=a.B | {\"entryClass\":\"a.B\"}",
                "parallelism=3 | {\"parallelism\":3}",
                "parallelism=-3 | {\"parallelism\":-3}",
                "parallelism=3, | {\"parallelism\":3}",
                "entry-class= | {}",
                "savepointPath= | {}",
                "allowNonRestoredState= | {\"allowNonRestoredState\":false}",
                "programArg= | {\"programArgsList\":[\"\"]}",
                "programArg=a,&programArg= | {\"programArgsList\":[\"a\"]}",
                "programArg=a | {\"programArgsList\":[\"a\"]}",
                "programArg=a,b | {\"programArgsList\":[\"a\",\"b\"]}",
                "programArg=a&programArg=b,c | {\"programArgsList\":[\"a\",\"b\",\"c\"]}",
                "programArg=--x,,y | {\"programArgsList\":[\"--x\",\"\",\"y\"]}",
                "savepointPath=file:/s | {\"savepointPath\":\"file:/s\"}",
                "allowNonRestoredState=true | {\"allowNonRestoredState\":true}",
                "allowNonRestoredState=TRUE | {\"allowNonRestoredState\":true}",
                "allowNonRestoredState=yes | {\"allowNonRestoredState\":false}",
                "unknown=1 | {}"
            })
    void theQueryCountsWhereTheBodyIsSilent(String query, String asked) {
        assertThat(asked(query, "{}")).isEqualTo(withArguments(asked));
        assertThat(asked(query, "")).isEqualTo(withArguments(asked));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "entry-class=a.B | {\"entryClass\":\"c.D\"}",
                "parallelism=3 | {\"parallelism\":4}",
                "programArg=a | {\"programArgsList\":[\"b\",\"c\"]}",
                "programArg=a | {\"programArgsList\":[]}",
                "savepointPath=file:/s | {\"savepointPath\":\"file:/t\"}",
                "allowNonRestoredState=true | {\"allowNonRestoredState\":false}"
            })
    void theBodyWins(String query, String body) {
        assertThat(asked(query, body)).isEqualTo(withArguments(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "entry-class=a.B | {\"entryClass\":\"\"} | {\"entryClass\":\"a.B\"}",
                "savepointPath=file:/s | {\"savepointPath\":\"\"} | {\"savepointPath\":\"file:/s\"}"
            })
    void anEmptyTextInTheBodyIsSilence(String query, String body, String asked) {
        assertThat(asked(query, body)).isEqualTo(withArguments(asked));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallelism=",
                "parallelism=,3",
                "parallelism=many",
                "parallelism=1.5",
                "parallelism=99999999999",
                "parallelism=1,2",
                "parallelism=1&parallelism=2",
                "entry-class=a,b",
                "savepointPath=a&savepointPath=b",
                "allowNonRestoredState=true,false"
            })
    void whatIsNoValueIsRefusedAndNamed(String query) {
        String name = query.substring(0, query.indexOf('='));

        assertThat(SERVER.send("POST", "/run?" + query, "{}").refused(400))
                .startsWith("Parameter '" + name + "'");
    }

    private static JsonNode asked(String query, String body) {
        return SERVER.send("POST", "/run?" + query, body).expect(200).json();
    }

    /** No arguments are asked for by an empty list. */
    private static JsonNode withArguments(String json) {
        String list = json.contains("programArgsList") ? "" : "\"programArgsList\":[]";
        String comma = json.length() > 2 && !list.isEmpty() ? "," : "";
        return JsonTrees.of("{" + list + comma + json.substring(1));
    }

    @Path("/")
    public static final class Echo {
        @POST
        @Path("/run")
        public JarRunRequestBody run(@BeanParam JarRunQuery query, JarRunRequestBody body) {
            return query.under(body);
        }
    }
}
