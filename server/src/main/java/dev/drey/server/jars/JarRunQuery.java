package dev.drey.server.jars;

import dev.drey.model.jars.JarPlanRequestBody;
import dev.drey.model.jars.JarRunApplicationRequestBody;
import dev.drey.model.jars.JarRunRequestBody;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The query parameters of running a jar. Each counts only where the body is silent. */
public final class JarRunQuery {

    private static final String SAVEPOINT_PATH = "savepointPath";
    private static final String ALLOW_NON_RESTORED_STATE = "allowNonRestoredState";

    @BeanParam private JarPlanQuery program;

    @QueryParam(SAVEPOINT_PATH)
    private List<String> savepointPath;

    @QueryParam(ALLOW_NON_RESTORED_STATE)
    private List<String> allowNonRestoredState;

    /** What is asked for in all. */
    JarRunRequestBody under(JarRunRequestBody body) {
        JarPlanRequestBody asked =
                program.under(
                        new JarPlanRequestBody(
                                body.entryClassName(),
                                body.programArgumentsList(),
                                body.parallelism(),
                                body.jobId(),
                                body.flinkConfiguration()));
        Boolean allowed =
                JarPlanQuery.single(ALLOW_NON_RESTORED_STATE, allowNonRestoredState)
                        .map(Boolean::valueOf)
                        .orElse(null);
        String savepoint = JarPlanQuery.text(SAVEPOINT_PATH, savepointPath);
        return new JarRunRequestBody(
                asked.entryClassName(),
                asked.programArgumentsList(),
                asked.parallelism(),
                asked.jobId(),
                body.allowNonRestoredState() == null ? allowed : body.allowNonRestoredState(),
                JarPlanQuery.isEmpty(body.savepointPath()) ? savepoint : body.savepointPath(),
                body.recoveryClaimMode(),
                asked.flinkConfiguration());
    }

    /** What is asked for in all. */
    JarRunApplicationRequestBody under(JarRunApplicationRequestBody body) {
        JarRunRequestBody asked =
                under(
                        new JarRunRequestBody(
                                body.entryClassName(),
                                body.programArgumentsList(),
                                body.parallelism(),
                                body.jobId(),
                                body.allowNonRestoredState(),
                                body.savepointPath(),
                                body.recoveryClaimMode(),
                                body.flinkConfiguration()));
        return new JarRunApplicationRequestBody(
                asked.entryClassName(),
                asked.programArgumentsList(),
                asked.parallelism(),
                asked.jobId(),
                asked.allowNonRestoredState(),
                asked.savepointPath(),
                asked.recoveryClaimMode(),
                asked.flinkConfiguration(),
                body.applicationId());
    }
}
