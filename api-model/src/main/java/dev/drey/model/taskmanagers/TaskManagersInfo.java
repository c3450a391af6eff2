package dev.drey.model.taskmanagers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The registered task managers. */
public record TaskManagersInfo(
        @JsonProperty("taskmanagers") List<TaskManagerInfo> taskManagerInfos) {}
