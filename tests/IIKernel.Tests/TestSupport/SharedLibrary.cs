using System.Diagnostics;
using Xunit;

namespace IIKernel.Tests;

/// <summary>Libraries that stand in the way of a process: a system's call that takes long or fails, a driver that is none.</summary>
internal static class SharedLibrary
{
    /// <summary>Compiles a text in C; the test is skipped where there is no compiler.</summary>
    /// <param name="path">Where the library goes.</param>
    /// <param name="text">The text.</param>
    public static void Compile(string path, string text)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Libraries are put before others on Linux alone.");
        var start = new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-o", path, "-x", "c", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(text);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no gcc.");
        }
    }
}
