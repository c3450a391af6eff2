package dev.drey.server.modes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.util.ZooKeeperUtils;
import org.apache.flink.shaded.curator5.org.apache.curator.framework.CuratorFramework;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.KeeperException;

/**
 * Who leads a cluster, as Flink's HA services tell it.
 *
 * @param plans of the jobs that a new leader takes on; empty if there is none
 * @param connection to the services
 */
record Leaders(
        LeaderRetrievalService dispatcher,
        LeaderRetrievalService resourceManager,
        LeaderRetrievalService restEndpoint,
        Optional<JobsInRecovery.Plans> plans,
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
                JobsInRecovery.Plans.of(services, clusters),
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
                Optional.of(() -> plans(curator.asCuratorFramework(), clusters)),
                curator);
    }

    private static List<JobID> plans(CuratorFramework curator, Configuration clusters)
            throws Exception {
        String path = clusters.get(HighAvailabilityOptions.HA_ZOOKEEPER_EXECUTION_PLANS_PATH);
        try {
            return curator.getChildren().forPath(path).stream().map(JobID::fromHexString).toList();
        } catch (KeeperException.NoNodeException e) {
            // There was no job yet.
            return List.of();
        }
    }
}
