using System.Diagnostics;
using k8s;
using k8s.Models;
using Xunit;

namespace IIKernel.Tests.Cli;

/// <summary>The job files of docs/jobs for Kubernetes and for processes.</summary>
public sealed class JobFileTests : IDisposable
{
    private static readonly string[] Compared = ["estimates.csv", "sources.csv", "report.html"];

    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-jobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Processes_that_divide_a_command_write_the_files_of_one_run()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The scripts are for bash.");
        JobFiles.WriteProgram(_folder);
        string[] command = ["run", "--draws", "300", "--seed", "7", "--out"];
        Run("bash", JobFiles.PathOf("parallel.sh"), ["2", "work", .. command, "divided"]);
        AssertSame(command);
    }

    // What the pods of a cluster would run, in their order, with the folder of the test in the place of the volume.
    [Fact]
    public void The_pods_commands_write_the_files_of_one_run()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The commands are for sh.");
        JobFiles.WriteProgram(_folder);
        string[] command = ["run", "--draws", "300", "--seed", "7", "--out"];
        var (shares, merge) = (Pod("shares.yaml"), Pod("merge.yaml"));
        var message = Path.Combine(_folder, "message");
        for (var round = 1; round <= 2 && !(File.Exists(message) && File.ReadAllText(message) == "final\n"); round++)
        {
            for (var index = 0; index < 2; index++)
            {
                RunPod(shares, ("JOB_COMPLETION_INDEX", $"{index}"), ("SHARES", "2"), ("THREADS", "1"),
                    ("COMMAND", string.Join(' ', [.. command, "divided"])));
            }

            RunPod(merge, ("THREADS", "1"), ("MESSAGE", message));
        }

        Assert.Equal("final\n", File.ReadAllText(message));
        AssertSame(command);
    }

    [Fact]
    public void Manifests_are_as_kubernetes_defines_them()
    {
        var claim = Manifest<V1PersistentVolumeClaim>("storage.yaml");
        Assert.Equal(["ReadWriteMany"], claim.Spec.AccessModes);
        var job = Manifest<V1Job>("shares.yaml");
        var merge = Manifest<V1Job>("merge.yaml");
        Assert.All([job, merge], j =>
        {
            Assert.Equal("batch/v1", j.ApiVersion);
            Assert.Equal("Job", j.Kind);
            // Jobs allow these two alone, and rules of failures the one alone.
            Assert.Equal("Never", j.Spec.Template.Spec.RestartPolicy);
            var volume = Assert.Single(j.Spec.Template.Spec.Volumes);
            Assert.Equal(claim.Metadata.Name, volume.PersistentVolumeClaim.ClaimName);
            var container = Assert.Single(j.Spec.Template.Spec.Containers);
            Assert.Equal(volume.Name, Assert.Single(container.VolumeMounts).Name);
            Assert.Equal(container.WorkingDir, container.VolumeMounts[0].MountPath);
        });

        Assert.Equal("Indexed", job.Spec.CompletionMode);
        Assert.Equal($"{job.Spec.Completions}", Variable(Pod("shares.yaml"), "SHARES"));
        Assert.Equal(Pod("shares.yaml").Name, job.Spec.PodFailurePolicy.Rules[1].OnExitCodes.ContainerName);
        var script = File.ReadAllText(JobFiles.PathOf("kubernetes/rounds.sh"));
        Assert.Contains($"finish {job.Metadata.Name} shares.yaml", script, StringComparison.Ordinal);
        Assert.Contains($"finish {merge.Metadata.Name} merge.yaml", script, StringComparison.Ordinal);
        Assert.Contains($"job-name={merge.Metadata.Name} ", script, StringComparison.Ordinal);
        Assert.Contains($"IIKERNEL_ROUNDS:-{Variable(Pod("merge.yaml"), "ROUNDS")}}}", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_kubernetes_does_not_know_is_seen()
    {
        var text = File.ReadAllText(JobFiles.PathOf("kubernetes/shares.yaml"));
        foreach (var (right, wrong) in new[] { ("completionMode", "completionsMode"), ("completions: 16", "completions: all") })
        {
            Assert.Contains(right, text, StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>(text.Replace(right, wrong), strict: true));
        }
    }

    private static T Manifest<T>(string file) =>
        KubernetesYaml.Deserialize<T>(File.ReadAllText(JobFiles.PathOf($"kubernetes/{file}")), strict: true);

    private static V1Container Pod(string file) => Manifest<V1Job>(file).Spec.Template.Spec.Containers[0];

    private static string Variable(V1Container container, string name) => container.Env.Single(v => v.Name == name).Value;

    private void RunPod(V1Container pod, params (string Name, string Value)[] variables)
    {
        var start = JobFiles.Start(_folder, pod.Command[0], [.. pod.Command.Skip(1), .. pod.Args]);
        foreach (var variable in pod.Env) start.Environment[variable.Name] = variable.Value;
        foreach (var (name, value) in variables) start.Environment[name] = value;
        Run(start);
    }

    private void Run(string program, string file, string[] arguments) => Run(JobFiles.Start(_folder, program, [file, .. arguments]));

    private static void Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{error.Result}");
    }

    private void AssertSame(string[] command)
    {
        Assert.Equal(0, CommandLineRunner.Process([.. command, "one"], _folder).ExitCode);
        foreach (var file in Compared)
            Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "one", file)), File.ReadAllBytes(Path.Combine(_folder, "divided", file)));
    }
}
