using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>
/// Work that may take long, at the console: progress on standard error when it takes longer than a second, a bar on a terminal and plain
/// lines elsewhere, such as in the log of a batch job; and Ctrl-C is answered within a second.
/// </summary>
internal static class ConsoleWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // What work may take to end itself when it is interrupted.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.7);

    /// <summary>Does the work on another thread, and something short beside it.</summary>
    /// <typeparam name="T">What the work yields.</typeparam>
    /// <param name="quiet">Whether progress is left out.</param>
    /// <param name="meter">How progress is told.</param>
    /// <param name="work">
    /// The work; it takes the finished share of a pass, and the wish to stop. It must write no file: it may be left where it is.
    /// </param>
    /// <param name="beside">What is done meanwhile; may be null.</param>
    /// <exception cref="OperationCanceledException">Interrupted from the keyboard.</exception>
    public static T Run<T>(bool quiet, ProgressMeter meter, Func<IProgress<double>, CancellationToken, T> work, Action? beside = null)
    {
        using var cancellation = new CancellationTokenSource();
        void Cancel(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            cancellation.Cancel();
        }

        Console.CancelKeyPress += Cancel;
        try
        {
            var task = Task.Run(() => work(meter, cancellation.Token));
            beside?.Invoke();
            if (!Wait(task, Patience, cancellation.Token)) Show(quiet, meter, task, cancellation.Token);
            if (!task.IsCompleted && Task.WaitAny([task], Grace) < 0)
            {
                // It does not heed the wish; nothing that it does outlives the process.
                Console.Error.WriteLine(FaultReport.InterruptedMessage);
                Environment.Exit(ExitCodes.Interrupted);
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            Console.CancelKeyPress -= Cancel;
        }
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
