package dev.drey.server.jars;

import java.lang.instrument.Instrumentation;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Keeps {@code System.exit} from ending the server where user code is on the stack. It is the jar's
 * launcher agent: the virtual machine calls it before {@code main}. A security manager did this
 * once, but newer virtual machines have none.
 */
public final class ExitGuard {

    public static void agentmain(String arguments, Instrumentation instrumentation) {
        // Without this Byte Buddy probes methods that newer virtual machines warn about.
        System.setProperty("net.bytebuddy.safe", "true");
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.InitializationStrategy.NoOp.INSTANCE)
                .with(AgentBuilder.TypeStrategy.Default.DECORATE)
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(ElementMatchers.none())
                .type(ElementMatchers.is(Runtime.class))
                .transform(
                        (builder, type, loader, module, domain) ->
                                builder.visit(
                                        Advice.to(RefuseUserCode.class)
                                                .on(ElementMatchers.namedOneOf("exit", "halt"))))
                .installOn(instrumentation);
    }

    /**
     * Becomes the beginning of {@link Runtime#exit} and {@link Runtime#halt}, so it may use classes
     * of the JDK only.
     */
    static final class RefuseUserCode {

        @Advice.OnMethodEnter
        static void refuse(@Advice.Argument(0) int status) {
            Object[] frames =
                    StackWalker.getInstance(
                                    Set.of(
                                            StackWalker.Option.RETAIN_CLASS_REFERENCE,
                                            StackWalker.Option.SHOW_HIDDEN_FRAMES))
                            .walk(Stream::toArray);
            for (Object frame : frames) {
                ClassLoader loader =
                        ((StackWalker.StackFrame) frame).getDeclaringClass().getClassLoader();
                Class<?> kind = loader == null ? null : loader.getClass();
                for (; kind != null; kind = kind.getSuperclass()) {
                    if (kind.getName().equals("org.apache.flink.util.MutableURLClassLoader")) {
                        throw new SecurityException(
                                "the program called System.exit("
                                        + status
                                        + "), which would end the server");
                    }
                }
            }
        }

        private RefuseUserCode() {}
    }

    private ExitGuard() {}
}
