package dev.drey.it.twin.agent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.flink.runtime.dispatcher.PartialDispatcherServices;
import org.apache.flink.runtime.rpc.RpcService;

/**
 * Starts {@link FlinkEndpoint} when Flink starts its dispatcher: there all that Drey was given can
 * be had, from Flink, and Drey need not know of it.
 */
public final class TwinAgent {

    private static volatile Path announcement;

    /**
     * Called by the virtual machine, before Drey's main method.
     *
     * @param file where the endpoint is announced
     */
    public static void premain(String file, Instrumentation instrumentation) {
        announcement = Path.of(file);
        new AgentBuilder.Default()
                .type(
                        ElementMatchers.named(
                                "org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory"))
                .transform(
                        (builder, type, loader, module, domain) ->
                                builder.visit(
                                        Advice.to(BesideTheDispatcher.class)
                                                .on(
                                                        ElementMatchers.named(
                                                                "createDispatcherRunner"))))
                .installOn(instrumentation);
    }

    /** Called from the end of Flink's method. */
    public static void start(RpcService rpcService, PartialDispatcherServices services)
            throws Exception {
        FlinkEndpoint.start(rpcService, services).announce(announcement);
    }

    /** Becomes the end of Flink's method. */
    static final class BesideTheDispatcher {

        @Advice.OnMethodExit
        static void start(
                @Advice.Argument(4) RpcService rpcService,
                @Advice.Argument(5) PartialDispatcherServices services)
                throws Exception {
            TwinAgent.start(rpcService, services);
        }

        private BesideTheDispatcher() {}
    }

    private TwinAgent() {}
}
