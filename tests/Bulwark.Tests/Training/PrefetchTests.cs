using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class PrefetchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GivesTheStepsInTurn(bool ahead)
    {
        using var batches = new Prefetch<Numbered>(new Counter(), 5, 105, ahead);
        for (var step = 5; step < 105; step++)
        {
            var batch = batches.Next();
            Assert.Equal((step, 1), (batch.Step, batch.Regrouped));
            if (step % 10 == 0) Thread.Sleep(1);             // time enough to fill all that may be filled ahead: this batch must stay
            Assert.Equal(step, batch.Step);
        }
    }

    [Fact]
    public void BatchesAreRefilledNotMadeAnew()
    {
        var source = new Counter();
        using (var batches = new Prefetch<Numbered>(source, 0, 50, ahead: true))
            for (var step = 0; step < 50; step++) batches.Next();
        Assert.InRange(source.Made, 2, 8);
    }

    /// <summary>Stopping early neither waits for the rest nor leaves a thread that fills on.</summary>
    [Fact]
    public void DisposingStopsTheFilling()
    {
        var source = new Counter();
        using (var batches = new Prefetch<Numbered>(source, 0, long.MaxValue, ahead: true)) batches.Next();
        var filled = source.Filled;
        Thread.Sleep(20);
        Assert.Equal(filled, source.Filled);
        Assert.InRange(filled, 1, 10);
    }

    [Fact]
    public void AFaultInASourceIsTheCallersException()
    {
        using var batches = new Prefetch<Numbered>(new Counter { FailsAt = 3 }, 0, 10, ahead: true);
        var problem = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var step = 0; step < 10; step++) batches.Next();
        });
        Assert.Equal("step 3", problem.InnerException!.Message);
    }

    private sealed class Numbered : IBatch
    {
        public long Step { get; set; }

        public int Regrouped { get; private set; }

        public int Count => 1;

        public void Regroup() => Regrouped++;

        public void Begin() => Regrouped = 0;
    }

    private sealed class Counter : IBatchSource<Numbered>
    {
        private int _filled;

        public long FailsAt { get; init; } = -1;

        public int Made { get; private set; }

        public int Filled => Volatile.Read(ref _filled);

        public int StepsPerEpoch => 10;

        public Numbered Create()
        {
            Made++;
            return new Numbered();
        }

        public void Fill(Numbered batch, long step)
        {
            if (step == FailsAt) throw new FormatException($"step {step}");
            batch.Begin();
            batch.Step = step;
            Interlocked.Increment(ref _filled);
        }
    }
}
