package dev.drey.server.jobmanager;

import dev.drey.model.jobmanager.ConfigurationInfo;
import dev.drey.model.jobmanager.ConfigurationInfoEntry;
import dev.drey.model.jobmanager.EnvironmentInfo;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Flink hides the values of its sensitive options. Some are given as options of the virtual
 * machine, where Flink shows them.
 */
final class JobManagerConverter {

    private static final String JVM_OPTIONS = "env.java.opts";
    private static final String PROPERTY = "-D";

    /** In a line of options. */
    private static final Pattern PROPERTIES =
            Pattern.compile("(-D([^\\s=]+)=)(\"[^\"]*\"|'[^']*'|\\S+)");

    static ConfigurationInfo configuration(List<ConfigurationInfoEntry> entries) {
        return new ConfigurationInfo(
                entries.stream()
                        .map(
                                entry ->
                                        entry.key().startsWith(JVM_OPTIONS)
                                                ? new ConfigurationInfoEntry(
                                                        entry.key(), withoutSecrets(entry.value()))
                                                : entry)
                        .toList());
    }

    static EnvironmentInfo environment(EnvironmentInfo shown) {
        EnvironmentInfo.JVMInfo jvm = shown.jvm();
        return new EnvironmentInfo(
                new EnvironmentInfo.JVMInfo(
                        jvm.version(),
                        jvm.arch(),
                        jvm.options().stream().map(JobManagerConverter::withoutSecret).toList()),
                shown.classPath());
    }

    private static String withoutSecrets(String options) {
        return PROPERTIES
                .matcher(options)
                .replaceAll(
                        option ->
                                Matcher.quoteReplacement(
                                        GlobalConfiguration.isSensitive(option.group(2))
                                                ? option.group(1)
                                                        + GlobalConfiguration.HIDDEN_CONTENT
                                                : option.group()));
    }

    /** One option, whose value may have spaces in it. */
    private static String withoutSecret(String option) {
        int end = option.indexOf('=');
        return option.startsWith(PROPERTY)
                        && end > 0
                        && GlobalConfiguration.isSensitive(option.substring(0, end))
                ? option.substring(0, end + 1) + GlobalConfiguration.HIDDEN_CONTENT
                : option;
    }

    private JobManagerConverter() {}
}
