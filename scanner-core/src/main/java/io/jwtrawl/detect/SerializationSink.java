package io.jwtrawl.detect;

/// Takes JSON serializations only: everything else that stands in a JSON string is seen where it stands.
record SerializationSink(CandidateSink sink) implements CandidateSink {

    @Override
    public Verdict judge(Candidate candidate) {
        return Verdict.NO_HEADER;
    }

    @Override
    public void take(Candidate candidate) {}

    @Override
    public int json(Layer layer, int from, int start, int to, boolean more) {
        return sink.json(layer, from, start, to, more);
    }

    @Override
    public void tooLong(Layer layer, int start) {
        sink.tooLong(layer, start);
    }

    @Override
    public void tooMuch(Layer layer, int start) {
        sink.tooMuch(layer, start);
    }
}
