using System.Diagnostics;
using IIKernel.Cli;
using Spectre.Console;

namespace IIKernel.Tests;

/// <summary>Runs the command line as its user does.</summary>
internal static class CommandLineRunner
{
    private static readonly Lock Console = new();

    /// <summary>Runs it in a process of its own, in a folder.</summary>
    public static (int ExitCode, string Output, string Error) Process(string[] arguments, string folder)
    {
        var start = Start(arguments);
        start.WorkingDirectory = folder;
        return Process(start, arguments);
    }

    /// <summary>Runs it in a process of its own.</summary>
    public static (int ExitCode, string Output, string Error) Process(
        string[] arguments, params (string Name, string Value)[] environment) => Process(Start(arguments, environment), arguments);

    /// <summary>Runs it in a process of its own, which is killed after a while unless it has ended.</summary>
    public static void Killed(string[] arguments, TimeSpan after)
    {
        using var process = System.Diagnostics.Process.Start(Start(arguments))!;
        if (!process.WaitForExit(after)) process.Kill();
        process.WaitForExit();
    }

    /// <summary>Runs it in a process of its own, which gets a signal once it has said a line on standard error.</summary>
    public static (int ExitCode, string Output, string Error) Interrupted(
        string[] arguments, string signal, params (string Name, string Value)[] environment)
    {
        using var process = System.Diagnostics.Process.Start(Start(arguments, environment))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var first = process.StandardError.ReadLine();
        using (var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{process.Id}"])) kill.WaitForExit();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result, $"{first}\n{error}");
    }

    /// <summary>Runs it in a process of its own, which gets a signal once something is the case.</summary>
    public static (int ExitCode, string Error) Interrupted(string[] arguments, string signal, Func<bool> when)
    {
        using var process = System.Diagnostics.Process.Start(Start(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!process.WaitForExit(20) && !when())
        {
        }

        using (var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{process.Id}"])) kill.WaitForExit();
        process.WaitForExit();
        _ = output.Result;
        return (process.ExitCode, error.Result);
    }

    /// <summary>Runs it inside this process, one caller at a time; for what needs no clean process.</summary>
    public static (int ExitCode, string Error) InProcess(params string[] arguments)
    {
        lock (Console)
        {
            var before = System.Console.Error;
            using var error = new StringWriter();
            System.Console.SetError(error);
            try
            {
                return (Checked(Program.Main(arguments), arguments), error.ToString());
            }
            finally
            {
                System.Console.SetError(before);
            }
        }
    }

    /// <summary>Runs it inside this process as if its output went to a page of a width; one caller at a time.</summary>
    public static (int ExitCode, string Output, string Error) OnPage(int width, params string[] arguments)
    {
        lock (Console)
        {
            var (output, error, console) = (System.Console.Out, System.Console.Error, AnsiConsole.Console);
            using var text = new StringWriter();
            using var faults = new StringWriter();
            System.Console.SetOut(text);
            System.Console.SetError(faults);
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
            try
            {
                return (Checked(Program.Run(arguments, width), arguments), text.ToString(), faults.ToString());
            }
            finally
            {
                AnsiConsole.Console = console;
                System.Console.SetOut(output);
                System.Console.SetError(error);
            }
        }
    }

    private static (int ExitCode, string Output, string Error) Process(ProcessStartInfo start, string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Checked(process.ExitCode, arguments, start.WorkingDirectory), output, error.Result);
    }

    // Every receipt that a test writes is held to its schema. A share writes none.
    private static int Checked(int exitCode, string[] arguments, string folder = "")
    {
        var at = Array.IndexOf(arguments, "--out");
        if (exitCode == ExitCodes.Done && at >= 0 && at + 1 < arguments.Length && !arguments.Contains("--shard"))
            ReceiptSchemas.Hold(Path.Combine(folder, arguments[at + 1]));
        return exitCode;
    }

    private static ProcessStartInfo Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }
}
