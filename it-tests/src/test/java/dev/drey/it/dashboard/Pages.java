package dev.drey.it.dashboard;

import static dev.drey.it.dashboard.Page.at;
import static dev.drey.it.dashboard.Page.here;

import dev.drey.it.cluster.Artifacts;
import java.util.ArrayList;
import java.util.List;

/** The table of pages, and what of each is compared with stock. */
final class Pages {

    private static final String ROWS = " tbody tr.ant-table-row";
    private static final String TABS = " .ant-tabs-tab-btn";
    private static final String LINES = " .view-line";

    /** Below these, it depends on how a virtual machine calls methods just then. */
    private static final String TRACE = LINES + ":nth-child(-n+6)";

    private static final String YES = ".ant-popover .ant-btn-primary";

    /** Those that are only read, each by its own address. */
    static List<Page> toRead() {
        List<Page> pages = new ArrayList<>();
        pages.addAll(ofTheCluster());
        pages.addAll(ofJobs());
        pages.addAll(ofAVertex());
        pages.addAll(ofCheckpoints());
        pages.addAll(ofTaskManagers());
        pages.addAll(ofTheJobManager());
        return pages;
    }

    /** One after the other, of a process that both sides may have in common. */
    static List<Page> toProfile() {
        return List.of(
                profile("task manager", "/task-manager/{taskmanager}", "flink-task-manager"),
                profile("JobManager", "/job-manager", "flink-job-manager"));
    }

    /** What a job of the adaptive scheduler has. */
    static List<Page> ofRescales() {
        String rescales = "flink-job-rescales";
        String address = "/job/running/{rescaled}/rescales";
        return List.of(
                at("rescales", address)
                        .same("flink-navigation" + TABS, rescales + TABS, rescales + ROWS),
                at("rescale history", address)
                        .click(rescales + TABS, "History")
                        .same(rescales + " thead th", rescales + ROWS),
                at("rescale of the history", address)
                        .click(rescales + TABS, "History")
                        .click(rescales + " .ant-table-row-expand-icon")
                        .same(rescales + " .rescale-details-wrapper"),
                at("rescale summary", address).click(rescales + TABS, "Summary").same(rescales),
                at("rescale configuration", address)
                        .click(rescales + TABS, "Configuration")
                        .same(rescales + ROWS));
    }

    /** From a jar to the end of its job, one after the other. */
    static List<Page> toRunAJar() {
        String row = "flink-submit tr.clickable";
        String jar = Artifacts.jobJar().getFileName().toString();
        String plan = ".ant-drawer-open";
        String job = "flink-job-status";
        return List.of(
                at("no jar", "/submit").same("flink-submit .ant-card-head"),
                here("a jar uploaded")
                        .step(browser -> browser.upload("#upload-file", Artifacts.jobJar()))
                        .same(row),
                here("its form").click(row, jar).same("flink-submit form").present("form input"),
                here("its plan")
                        .click("flink-submit form button", "Show Plan")
                        .same(
                                plan + " .ant-drawer-title",
                                plan + " .node-label-wrapper",
                                plan + " svg text"),
                here("its job")
                        .click(plan + " .ant-drawer-close")
                        .waitWithout(plan + " .node-label-wrapper")
                        .click("flink-submit form button", "Submit")
                        .wait("flink-job-overview-list" + ROWS, "RUNNING")
                        .same(job, "flink-job-overview-list" + ROWS)
                        .present("flink-job-overview .node-label-wrapper"),
                here("its job among others")
                        .click("nz-sider .ant-menu-item", "Running Jobs")
                        .wait("flink-job-list" + ROWS, "counting")
                        .same("flink-job-list" + ROWS),
                here("its job cancelled")
                        .step(Browser::back)
                        .click(job + " a", "Cancel Job")
                        .click(YES)
                        .wait(job, "CANCELED")
                        .same(job, "flink-job-overview-list" + ROWS),
                at("its jar deleted", "/submit")
                        .wait(row, jar)
                        .click(row + " .delete-jar a")
                        .click(YES)
                        .waitWithout(row)
                        .same("flink-submit .ant-card-head"));
    }

    private static List<Page> ofTheCluster() {
        return List.of(
                at("overview", "/overview")
                        .same(
                                "nz-sider .ant-menu-item",
                                "nz-header .right",
                                "flink-overview-statistic .ant-card",
                                "flink-application-list thead th",
                                "flink-application-list" + ROWS),
                at("running applications", "/application/running")
                        .same("flink-application-list" + ROWS),
                at("completed applications", "/application/completed")
                        .same("flink-application-list" + ROWS),
                at("application", "/application/running/{restarted}/overview")
                        .same("flink-application-status", "flink-job-list" + ROWS),
                at("failed application", "/application/completed/{failed}/exceptions")
                        .same("flink-application-status", "flink-application-exceptions" + TRACE),
                at("running jobs", "/job/running").same("flink-job-list" + ROWS),
                at("completed jobs", "/job/completed")
                        .same("flink-job-list thead th", "flink-job-list" + ROWS));
    }

    private static List<Page> ofJobs() {
        List<Page> pages = new ArrayList<>();
        pages.addAll(ofAJob("restarted job", "/job/running/{restarted}"));
        pages.addAll(ofAJob("failed job", "/job/completed/{failed}"));
        pages.add(
                at("restarted job: data skew", "/job/running/{restarted}/dataskew")
                        .same("flink-data-skew" + ROWS));
        // Equal ones are listed as they happen to come.
        pages.add(
                at("failed job: data skew", "/job/completed/{failed}/dataskew")
                        .sameInAnyOrder("flink-data-skew" + ROWS));
        pages.add(graph("finished job: overview", "/job/completed/{finished}/overview"));
        for (Page page :
                List.of(
                        at("restarted job", "/job/running/{restarted}/exceptions"),
                        at("failed job", "/job/completed/{failed}/exceptions"))) {
            String exceptions = "flink-job-exceptions";
            pages.add(
                    at(page + ": exceptions", page.address())
                            .same(exceptions + TABS, exceptions + TRACE));
            pages.add(
                    at(page + ": exception history", page.address())
                            .click(exceptions + TABS, "Exception History")
                            .same(exceptions + " thead th", exceptions + ROWS));
        }
        return pages;
    }

    private static List<Page> ofAJob(String job, String address) {
        return List.of(
                graph(job + ": overview", address + "/overview"),
                at(job + ": timeline", address + "/timeline")
                        .same("flink-job-timeline .ant-divider-inner-text")
                        .present("flink-job-timeline canvas"),
                at(job + ": configuration", address + "/configuration")
                        .same("flink-job-configuration", "flink-job-configuration" + ROWS),
                at(job + ": vertex", address + "/overview/{vertex}/detail")
                        .same("flink-job-overview-drawer-detail"),
                at(job + ": subtasks of a vertex", address + "/overview/{vertex}/subtasks")
                        .same("flink-job-overview-drawer-subtasks" + ROWS),
                at(job + ": aggregated subtasks", address + "/overview/{vertex}/subtasks")
                        .click("flink-job-overview-drawer-subtasks" + TABS, "Aggregated Metrics")
                        .same("flink-job-overview-drawer-subtasks" + ROWS),
                at(job + ": task managers of a vertex", address + "/overview/{vertex}/taskmanagers")
                        .same("flink-job-overview-drawer-taskmanagers" + ROWS),
                at(job + ": accumulators of a vertex", address + "/overview/{vertex}/accumulators")
                        .same("flink-job-overview-drawer-accumulators" + ROWS));
    }

    private static Page graph(String name, String address) {
        return at(name, address)
                .same(
                        "flink-job-status",
                        "flink-navigation" + TABS,
                        "flink-job-overview .node-label-wrapper",
                        "flink-job-overview svg text",
                        "flink-job-overview-list thead th",
                        "flink-job-overview-list" + ROWS);
    }

    private static List<Page> ofAVertex() {
        String vertex = "/job/running/{restarted}/overview/{vertex}";
        String chart = "flink-job-overview-drawer-chart";
        String flames = "flink-job-overview-drawer-flamegraph";
        return List.of(
                at("accumulators of subtasks", vertex + "/accumulators")
                        .click("flink-job-overview-drawer-accumulators" + TABS, "SubTask")
                        .same("flink-job-overview-drawer-accumulators" + ROWS),
                at("watermarks", vertex + "/watermarks")
                        .same("flink-job-overview-drawer-watermarks" + ROWS),
                at("back pressure", vertex + "/backpressure")
                        .same(
                                "flink-job-overview-drawer-backpressure thead th",
                                "flink-job-overview-drawer-backpressure" + ROWS),
                at("metrics with a chart", vertex + "/metrics")
                        .click(chart + " nz-select")
                        .click("nz-option-item", "0.busyTimeMsPerSecond")
                        .same(chart + " .metric-selector", chart + " .chart .text")
                        .present(chart + " .chart canvas"),
                at("flame graph", vertex + "/flamegraph")
                        .click(flames + " .ant-radio-button-wrapper", "Off-CPU")
                        .same(
                                flames + " .ant-radio-button-wrapper",
                                flames + " .d3-flame-graph-label"));
    }

    private static List<Page> ofCheckpoints() {
        String checkpoints = "flink-job-checkpoints";
        String address = "/job/running/{counting}/checkpoints";
        // The latest may be under way, and is shown as it was when the page was opened.
        String completed = checkpoints + ROWS + " ~ tr.ant-table-row";
        return List.of(
                at("checkpoints", address).same(checkpoints + TABS, checkpoints + ROWS),
                at("checkpoint history", address)
                        .click(checkpoints + TABS, "History")
                        .same(checkpoints + " thead th", completed),
                at("checkpoint of the history", address)
                        .click(checkpoints + TABS, "History")
                        .click(completed + " .ant-table-row-expand-icon")
                        .same("flink-job-checkpoints-detail"),
                at("checkpoint summary", address)
                        .click(checkpoints + TABS, "Summary")
                        .same(checkpoints + " thead th", checkpoints + ROWS),
                at("checkpoint configuration", address)
                        .click(checkpoints + TABS, "Configuration")
                        .same(checkpoints + ROWS),
                at("checkpoints of a failed job", "/job/completed/{failed}/checkpoints")
                        .same(checkpoints + TABS));
    }

    private static List<Page> ofTaskManagers() {
        String address = "/task-manager/{taskmanager}";
        List<Page> pages =
                new ArrayList<>(
                        ofAProcess("task manager", address, "flink-task-manager", "log-list"));
        pages.add(
                at("task managers", "/task-manager")
                        .same(
                                "flink-task-manager-list thead th",
                                "flink-task-manager-list" + ROWS));
        pages.add(
                at("task manager: metrics", address + "/metrics")
                        .same(
                                "flink-task-manager-status",
                                "flink-navigation" + TABS,
                                "flink-task-manager-metrics .ant-card-head")
                        .sameInAnyOrder("flink-task-manager-metrics" + ROWS));
        return pages;
    }

    private static List<Page> ofTheJobManager() {
        String configuration = "flink-job-manager-configuration";
        List<Page> pages =
                new ArrayList<>(
                        ofAProcess("JobManager", "/job-manager", "flink-job-manager", "log"));
        pages.add(
                at("JobManager: metrics", "/job-manager/metrics")
                        .same("flink-navigation" + TABS, "flink-job-manager-metrics .ant-card-head")
                        .sameInAnyOrder("flink-job-manager-metrics" + ROWS));
        pages.add(
                at("JobManager: configuration", "/job-manager/config")
                        .same(configuration + " .ant-card-head")
                        .present(configuration + ROWS));
        return pages;
    }

    /** What they log and do is their own. */
    private static List<Page> ofAProcess(
            String process, String address, String component, String logs) {
        return List.of(
                at(process + ": log", address + "/logs").present(component + "-logs" + LINES),
                at(process + ": stdout", address + "/stdout")
                        .present(component + "-stdout .monaco-editor"),
                at(process + ": log list", address + "/" + logs)
                        .same(component + "-log-list thead th")
                        .present(component + "-log-list" + ROWS),
                at(process + ": log of the list", address + "/" + logs)
                        .click(component + "-log-list tbody a", ".log")
                        .present(
                                component + "-log-detail .breadcrumb",
                                component + "-log-detail" + LINES),
                at(process + ": thread dump", address + "/thread-dump")
                        .present(component + "-thread-dump" + LINES),
                at(process + ": profiler", address + "/profiler").same(component + "-profiler"));
    }

    private static Page profile(String process, String address, String component) {
        String profiler = component + "-profiler";
        return at(process + ": profile", address + "/profiler")
                .type(profiler + " nz-input-number input", "2")
                .click(profiler + " button", "Create Profiling Instance")
                .wait(profiler + ROWS, "RUNNING")
                .wait(profiler + ROWS + ":first-of-type", "FINISHED")
                .same(profiler + " thead th", profiler + ROWS);
    }

    private Pages() {}
}
