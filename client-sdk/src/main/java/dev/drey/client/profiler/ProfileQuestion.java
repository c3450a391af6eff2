package dev.drey.client.profiler;

import dev.drey.client.async.Chain;
import dev.drey.client.async.Progress;
import dev.drey.client.async.Question;
import dev.drey.client.async.UnknownOperationException;
import dev.drey.model.TriggerId;
import dev.drey.model.error.SerializedThrowable;
import dev.drey.model.profiler.ProfilingInfo;
import dev.drey.model.profiler.ProfilingInfo.ProfilingStatus;
import dev.drey.model.profiler.ProfilingInfoList;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Looks for a profile among those of its process, where it has no name but the moment of its
 * beginning. A process takes one profile at a time.
 */
final class ProfileQuestion implements Question<ProfilingInfo> {
    private final TriggerId id;
    private final Supplier<CompletableFuture<ProfilingInfoList>> profiles;

    ProfileQuestion(TriggerId id, Supplier<CompletableFuture<ProfilingInfoList>> profiles) {
        this.id = id;
        this.profiles = profiles;
    }

    /** The moment of its beginning, in milliseconds since the epoch, as an id. */
    static TriggerId id(ProfilingInfo profile) {
        return new TriggerId("%032x".formatted(profile.triggerTime()));
    }

    @Override
    public CompletableFuture<Progress<ProfilingInfo>> ask(Optional<Duration> wait) {
        return Chain.map(profiles.get(), this::progress);
    }

    private Progress<ProfilingInfo> progress(ProfilingInfoList list) {
        ProfilingInfo profile =
                list.profilingInfos().stream()
                        .filter(other -> id(other).equals(id))
                        .findFirst()
                        .orElseThrow(() -> new UnknownOperationException(id, null));
        if (profile.status() == ProfilingStatus.FAILED) {
            return Progress.failed(new SerializedThrowable(null, profile.message(), null));
        }
        return profile.status() == ProfilingStatus.FINISHED
                ? Progress.ended(profile)
                : Progress.goesOn(false);
    }
}
