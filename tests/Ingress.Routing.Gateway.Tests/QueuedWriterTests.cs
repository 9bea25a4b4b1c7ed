using System.Text;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Tests;

public sealed class QueuedWriterTests
{
    [Fact]
    public void Post_ReaderStalls_DropsAndSaysWhereLinesAreMissing()
    {
        using var target = new GatedWriter();
        using (var writer = new QueuedWriter(target, 1_000, TimeSpan.Zero))
        {
            writer.Post("first");
            target.WaitUntilBlocked();
            for (var i = 0; i < 100; i++)
            {
                writer.Post(new string('x', 99));
            }

            Assert.Equal(90, writer.Dropped);
            target.Open();
        }

        var lines = target.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["first", .. Enumerable.Repeat(new string('x', 99), 10)], lines[..^1]);
        Assert.Equal("(90 lines missing here: this output was not read for too long.)", lines[^1]);
    }

    [Fact]
    public async Task WriteLine_ReaderIsSlow_LosesNothing()
    {
        using var target = new GatedWriter();
        using (var writer = new QueuedWriter(target, 100, TimeSpan.FromMinutes(1)))
        {
            var writing = Task.Run(() =>
            {
                for (var i = 0; i < 50; i++)
                {
                    writer.WriteLine($"line {i}");
                }
            });
            target.WaitUntilBlocked();
            target.Open();
            await writing.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, writer.Dropped);
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"line {i}"), target.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Dispose_NobodyReads_Returns()
    {
        using var target = new GatedWriter();
        var writer = new QueuedWriter(target, 1_000, TimeSpan.Zero);
        writer.Post("first");
        target.WaitUntilBlocked();

        writer.Dispose();

        Assert.Equal("", target.Text);
        target.Open();
    }

    [Fact]
    public void Write_Pieces_StayInOneLine()
    {
        using var target = new StringWriter();
        using (var writer = new QueuedWriter(target, 1_000, TimeSpan.Zero))
        {
            writer.Write('a');
            writer.Write("b\nc");
            writer.WriteLine();
            writer.Write("end");
        }

        Assert.Equal("ab\nc\nend", target.ToString());
    }

    /// <summary>Blocks whoever writes, as a full pipe does.</summary>
    private sealed class GatedWriter : TextWriter
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly ManualResetEventSlim _blocked = new();
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public void Open() => _open.Set();

        public void WaitUntilBlocked() => Assert.True(_blocked.Wait(TimeSpan.FromSeconds(30)));

        public override void Write(string? value)
        {
            _blocked.Set();
            _open.Wait();
            lock (_text)
            {
                _text.Append(value);
            }
        }
    }
}
