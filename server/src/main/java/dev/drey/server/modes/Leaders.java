package dev.drey.server.modes;

import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.util.ZooKeeperUtils;

/**
 * Who leads a cluster, as Flink's HA services tell it.
 *
 * @param connection to the services
 */
record Leaders(
        LeaderRetrievalService dispatcher,
        LeaderRetrievalService resourceManager,
        LeaderRetrievalService restEndpoint,
        AutoCloseable connection) {

    static Leaders of(
            Configuration clusters,
            Executor executor,
            RpcSystem rpcSystem,
            FatalErrorHandler errorHandler)
            throws Exception {
        if (HighAvailabilityMode.fromConfig(clusters) == HighAvailabilityMode.ZOOKEEPER) {
            return ofZooKeeper(clusters, errorHandler);
        }
        HighAvailabilityServices services =
                HighAvailabilityServicesUtils.createHighAvailabilityServices(
                        clusters,
                        executor,
                        AddressResolution.NO_ADDRESS_RESOLUTION,
                        rpcSystem,
                        errorHandler);
        return new Leaders(
                services.getDispatcherLeaderRetriever(),
                services.getResourceManagerLeaderRetriever(),
                services.getClusterRestEndpointLeaderRetriever(),
                services);
    }

    /**
     * Flink's whole services would wait for ZooKeeper, and would write to it and to the storage.
     */
    private static Leaders ofZooKeeper(Configuration clusters, FatalErrorHandler errorHandler) {
        var curator = ZooKeeperUtils.startCuratorFramework(clusters, errorHandler);
        return new Leaders(
                ZooKeeperUtils.createLeaderRetrievalService(
                        curator.asCuratorFramework(),
                        ZooKeeperUtils.getLeaderPath(ZooKeeperUtils.getDispatcherNode()),
                        clusters),
                ZooKeeperUtils.createLeaderRetrievalService(
                        curator.asCuratorFramework(),
                        ZooKeeperUtils.getLeaderPath(ZooKeeperUtils.getResourceManagerNode()),
                        clusters),
                ZooKeeperUtils.createLeaderRetrievalService(
                        curator.asCuratorFramework(),
                        ZooKeeperUtils.getLeaderPath(ZooKeeperUtils.getRestServerNode()),
                        clusters),
                curator);
    }
}
