package io.jwtrawl.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private long now = Long.MAX_VALUE - 1000; // the clock of nanoseconds may overflow
    private final List<Long> slept = new ArrayList<>();

    @Test
    void requestsFollowAtLeastAnIntervalApart() throws InterruptedException {
        var rate =
                new RateLimit(
                        5,
                        () -> now,
                        nanos -> {
                            slept.add(nanos);
                            now += nanos;
                        });
        rate.await();
        assertThat(slept).isEmpty();
        rate.await();
        rate.await();
        assertThat(slept).containsExactly(200_000_000L, 200_000_000L);
        now += 150_000_000;
        rate.await();
        assertThat(slept).last().isEqualTo(50_000_000L);
        now += 10_000_000_000L;
        rate.await();
        assertThat(slept).hasSize(3); // what was not used is not saved up
        rate.await();
        assertThat(slept).hasSize(4);
    }
}
