using System.Text;
using Ingress.Routing.Gateway.Serving.Observability;

namespace Ingress.Routing.Gateway.Tests.Observability;

public sealed class LineQueueTests
{
    [Fact]
    public void Post_TargetThatHangs_NeverWaits_AndCountsWhatIsLost()
    {
        using var target = new HangingTarget();
        using var queue = new LineQueue(target, capacity: 1_000, static _ => { });
        var line = Encoding.ASCII.GetBytes(new string('x', 99) + "\n");
        queue.Post(line);
        Assert.True(target.Hangs.Wait(TimeSpan.FromSeconds(30)));

        for (var i = 0; i < 25; i++)
        {
            queue.Post(line);
        }

        Assert.Equal(15, queue.Lost);
        target.GoOn.Set();
        queue.Dispose();
        Assert.Equal(11, target.Lines);
    }

    [Fact]
    public void Post_TargetThatFails_CountsAndGoesOn()
    {
        using var target = new FailingTarget();
        Exception? failure = null;
        using (var queue = new LineQueue(target, capacity: 1_000, exception => failure = exception))
        {
            queue.Post("one\n"u8);
            queue.Post("two\n"u8);
            queue.Dispose();

            Assert.Equal(2, queue.Lost);
        }

        Assert.Equal("disk full", failure?.Message);
    }

    private sealed class HangingTarget : ILineTarget
    {
        public ManualResetEventSlim Hangs { get; } = new();

        public ManualResetEventSlim GoOn { get; } = new();

        public int Lines { get; private set; }

        public void Write(ReadOnlySpan<byte> lines)
        {
            Hangs.Set();
            GoOn.Wait(TimeSpan.FromSeconds(60));
            Lines += lines.Count((byte)'\n');
        }

        public void Reopen()
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class FailingTarget : ILineTarget
    {
        public void Write(ReadOnlySpan<byte> lines) => throw new IOException("disk full");

        public void Reopen()
        {
        }

        public void Dispose()
        {
        }
    }
}
