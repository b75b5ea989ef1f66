package org.silhouettes.producers.replay;

/** Time that passes only when somebody sleeps or the test says so. */
final class ManualTicker implements Ticker {

    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void sleep(long nanos) {
        now += nanos;
    }

    void advance(double seconds) {
        now += Math.round(seconds * 1e9);
    }
}
