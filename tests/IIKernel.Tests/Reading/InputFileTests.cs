using System.Diagnostics;
using System.Net.Sockets;
using IIKernel.Cli;
using IIKernel.Reading;
using IIKernel.Reports;
using IIKernel.Studies;
using Xunit;

namespace IIKernel.Tests.Reading;

/// <summary>What stands in the place of a file, and where a study's paths may lead.</summary>
public sealed class InputFileTests : IDisposable
{
    private readonly StudyEditor _editor = new();

    public void Dispose() => _editor.Dispose();

    /// <summary>What is no ordinary file, and how it is made.</summary>
    public static TheoryData<string, string> Others => new()
    {
        { "pipe", "a pipe" }, { "socket", "a socket" }, { "device", "a device" }, { "endless", "a device" }, { "folder", "a folder" },
    };

    // Whoever opened the pipe would wait for ever, and whoever read the device to its end too.
    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_but_a_file_is_read_in_the_place_of_one(string made, string found)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made by the means of Linux");
        const string name = "growth.csv";
        using var kept = Make(made, _editor.Delete(name).PathOf(name));
        var files = new FolderStudyFiles(_editor.Folder, allowOutside: true);
        StudyEditor.Holds(Assert.Single(Assert.Throws<StudyException>(() => StudyReader.Read(files)).Faults),
            name, "", found, "an ordinary file");
    }

    /// <summary>Every file that is named on a command line.</summary>
    public static TheoryData<string> Commands =>
    [
        "check FILE.json", "claims --claims FILE", "sensitivity --choices FILE", "describe FILE.csv", "describe FILE.parquet",
        "import FILE.xlsx --out o", "import FILE.csv --out o", "import x.xlsx --mapping FILE.json --out o",
        "aggregate --concordance FILE --out o",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_pipe_is_refused_wherever_a_file_is_named(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made by the means of Linux");
        var arguments = command.Split(' ');
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("FILE", StringComparison.Ordinal)) continue;
            arguments[i] = arguments[i].Replace("FILE", _editor.PathOf("pipe"), StringComparison.Ordinal);
            Make("pipe", arguments[i])?.Dispose();
        }

        var (exitCode, error) = CommandLineRunner.InProcess(arguments);
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("found a pipe; expected an ordinary file. Write what it gives to a file, and name that.", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_that_is_a_pipe_is_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "made by the means of Linux");
        Make("pipe", _editor.PathOf("run.json"))?.Dispose();
        Assert.Null(RecordedRun.Read(_editor.Folder));
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("verify", _editor.Folder).ExitCode);
    }

    [Theory]
    [InlineData("../secret.csv", "a path that leads out of the study's folder")]
    [InlineData("../nowhere.csv", "a path that leads out of the study's folder")]
    [InlineData("a/../../secret.csv", "a path that leads out of the study's folder")]
    [InlineData("..\\\\secret.csv", "a path that leads out of the study's folder")]
    [InlineData("link.csv", "a path that leads out of the study's folder")]
    [InlineData("linked/secret.csv", "a path that leads out of the study's folder")]
    [InlineData("/etc/hostname", "an absolute path")]
    [InlineData("C:/secret.csv", "an absolute path")]
    public void A_path_stays_in_the_folder(string path, string found)
    {
        var inner = Inner();
        File.WriteAllText(_editor.PathOf("secret.csv"), "password,hunter2\n");
        File.CreateSymbolicLink(Path.Combine(inner, "link.csv"), "../secret.csv");
        Directory.CreateSymbolicLink(Path.Combine(inner, "linked"), "..");
        _editor.Replace("inner/study.json", "\"growth.csv\"", $"\"{path}\"");
        var fault = Assert.Single(Assert.Throws<StudyException>(() => StudyReader.ReadFolder(inner)).Faults);
        StudyEditor.Holds(fault, path.Replace(@"\\", "/", StringComparison.Ordinal), "", found, "study.json");
        Assert.Contains("--allow-outside", fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_lets_paths_lead_elsewhere()
    {
        var inner = Directory.CreateDirectory(_editor.PathOf("inner")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data", "three-sectors")))
            File.Copy(file, Path.Combine(inner, Path.GetFileName(file)));
        var expected = StudyReader.ReadFolder(inner);
        File.Move(Path.Combine(inner, "growth.csv"), _editor.PathOf("elsewhere.csv"));
        _editor.Replace("inner/study.json", "\"growth.csv\"", $"\"{_editor.PathOf("elsewhere.csv")}\"");
        StudyEditor.AssertSame(expected, StudyReader.ReadFolder(inner, allowOutside: true));
        _editor.Replace("inner/study.json", $"\"{_editor.PathOf("elsewhere.csv")}\"", "\"../elsewhere.csv\"");
        var study = StudyReader.ReadFolder(inner, allowOutside: true);
        StudyEditor.AssertSame(expected, study);
        Assert.Contains("../elsewhere.csv", study.Files.Select(f => f.Path));
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("check", inner, "--quiet").ExitCode);

        // A run that was drawn so is drawn so again.
        var output = _editor.PathOf("out");
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess(
            "run", inner, "--quiet", "--allow-outside", "--no-report", "--draws", "100", "--out", output).ExitCode);
        Assert.Equal(ExitCodes.BadInput, CommandLineRunner.InProcess("report", output, "--quiet").ExitCode);
        Assert.Equal(ExitCodes.Done, CommandLineRunner.InProcess("report", output, "--quiet", "--allow-outside").ExitCode);
    }

    // Out and in again, below, and through links that stay.
    [Fact]
    public void A_path_that_comes_back_is_inside()
    {
        var inner = Inner();
        Directory.CreateDirectory(Path.Combine(inner, "below"));
        File.Move(Path.Combine(inner, "growth.csv"), Path.Combine(inner, "below", "real.csv"));
        File.CreateSymbolicLink(Path.Combine(inner, "growth.csv"), "below/real.csv");
        _editor.Replace("inner/study.json", "\"groups.csv\"", "\"../inner/groups.csv\"");
        StudyEditor.AssertSame(TestData.Demonstration, StudyReader.ReadFolder(inner));
        // The folder itself, and the definition that was named, may be links.
        Directory.CreateSymbolicLink(_editor.PathOf("alias"), "inner");
        StudyEditor.AssertSame(TestData.Demonstration, StudyReader.ReadFolder(_editor.PathOf("alias")));
        File.Move(Path.Combine(inner, "study.json"), _editor.PathOf("moved.json"));
        File.CreateSymbolicLink(Path.Combine(inner, "study.json"), "../moved.json");
        StudyEditor.AssertSame(TestData.Demonstration, StudyReader.ReadFolder(Path.Combine(inner, "study.json")));
        Assert.Contains("leads out", Assert.Throws<StudyException>(() => StudyReader.ReadFolder(inner)).Message, StringComparison.Ordinal);
    }

    // A choice changes study.json, and with it the paths there.
    [Fact]
    public void A_choice_does_not_lead_out_either()
    {
        _editor.Write("c.json", """
            { "factors": [{ "name": "f", "options": [
                { "name": "a" }, { "name": "b", "set": { "growth": { "file": "../growth.csv" } } }] }] }
            """);
        var (exitCode, error) = CommandLineRunner.InProcess(
            "sensitivity", _editor.Folder, "--choices", _editor.PathOf("c.json"), "--draws", "100", "--quiet");
        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Contains("leads out of the study's folder", error, StringComparison.Ordinal);
    }

    // The study in a folder of its own within the editor's.
    private string Inner()
    {
        var inner = Directory.CreateDirectory(_editor.PathOf("inner")).FullName;
        foreach (var file in Directory.GetFiles(_editor.Folder)) File.Move(file, Path.Combine(inner, Path.GetFileName(file)));
        return inner;
    }

    private static Socket? Make(string made, string path)
    {
        switch (made)
        {
            case "pipe":
                using (var process = Process.Start("mkfifo", [path])) process.WaitForExit();
                return null;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            case "folder":
                Directory.CreateDirectory(path);
                return null;
            default:
                File.CreateSymbolicLink(path, made == "device" ? "/dev/null" : "/dev/zero");
                return null;
        }
    }
}
