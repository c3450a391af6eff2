package dev.drey.server;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class HeldAnswersOverTlsTest extends HeldAnswersTest {

    @TempDir private static Path folder;
    private static TestStores stores;

    @BeforeAll
    static void makeStores() {
        stores = TestStores.make(folder);
    }

    @Override
    TestServer.Builder cluster() {
        return TestServer.cluster().tls(stores.configuration("server"), stores.anybody());
    }
}
