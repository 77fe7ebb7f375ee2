using System.Diagnostics;
using IIKernel.Cli;
using IIKernel.Tests.Repository;

namespace IIKernel.Tests;

/// <summary>The job files of docs/jobs, run with the program that is tested.</summary>
internal static class JobFiles
{
    /// <summary>Path of a job file.</summary>
    public static string PathOf(string file) => Path.Combine(RepositoryTests.Root, "docs", "jobs", file);

    /// <summary>Puts a program <c>iikernel</c> into a folder, in its subfolder <c>bin</c>.</summary>
    public static void WriteProgram(string folder)
    {
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "iikernel");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{typeof(Program).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A program in a folder, where it finds <c>iikernel</c>; its input, output and errors are redirected.</summary>
    public static ProcessStartInfo Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(folder, "bin")}:{start.Environment["PATH"]}";
        return start;
    }
}
