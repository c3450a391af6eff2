package dev.drey.server.launch;

import java.util.Optional;
import org.apache.flink.runtime.util.EnvironmentInformation;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(Drey.class.getPackage().getImplementationVersion())
                        .orElse("(built from source)");
        return new String[] {
            "Drey " + version + " for Apache Flink " + EnvironmentInformation.getVersion()
        };
    }
}
