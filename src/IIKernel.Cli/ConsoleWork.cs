using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>
/// Work that may take long, at the console: progress on standard error when it takes longer than a second, a bar on a terminal and plain
/// lines elsewhere, such as in the log of a batch job.
/// </summary>
internal static class ConsoleWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Does the work on another thread.</summary>
    /// <typeparam name="T">What the work yields.</typeparam>
    /// <param name="quiet">Whether progress is left out.</param>
    /// <param name="meter">How progress is told.</param>
    /// <param name="work">
    /// The work; it takes the finished share of a pass, and the wish to stop. It must write no file but by
    /// <see cref="VerbOutput.Stage"/>: it may be left where it is.
    /// </param>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static T Run<T>(bool quiet, ProgressMeter meter, Func<IProgress<double>, CancellationToken, T> work)
    {
        var cancellation = Interruption.Token;
        var task = Task.Run(() => work(meter, cancellation));
        if (!Wait(task, Patience, cancellation)) Show(quiet, meter, task, cancellation);
        var result = task.GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    // Until the work ends or is to stop.
    private static void Show(bool quiet, ProgressMeter meter, Task task, CancellationToken cancellation)
    {
        if (quiet)
        {
            Wait(task, Timeout.InfiniteTimeSpan, cancellation);
        }
        else if (Console.IsErrorRedirected)
        {
            do Console.Error.WriteLine(meter.Line());
            while (!Wait(task, BetweenLines, cancellation));
        }
        else
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            ProgressColumn[] columns = [new ProgressBarColumn { Width = 20 }, new TaskDescriptionColumn { Alignment = Justify.Left }];
            console.Progress().AutoClear(true).Columns(columns).Start(context =>
            {
                var bar = context.AddTask(Markup.Escape(meter.Line()), maxValue: 1);
                do
                {
                    bar.Description = Markup.Escape(meter.Line());
                    bar.IsIndeterminate = double.IsNaN(meter.Share);
                    if (!bar.IsIndeterminate) bar.Value = meter.Share;
                }
                while (!Wait(task, Tick, cancellation));
            });
        }
    }

    // Whether the work has ended or is to stop.
    private static bool Wait(Task task, TimeSpan most, CancellationToken cancellation)
    {
        try
        {
            return Task.WaitAny([task], (int)most.TotalMilliseconds, cancellation) == 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
