using System.Globalization;
using System.Text;
using CommandLine;
using CommandLine.Text;
using IIKernel.Kernels.Gpu;
using IIKernel.Reports;
using IIKernel.Studies;
using Spectre.Console;

namespace IIKernel.Cli;

/// <summary>The command line: <c>iikernel VERB [STUDY] [options]</c>.</summary>
public static class Program
{
    private const int RedirectedWidth = 160;

    // A file of the wrong kind can hold a fault in every cell.
    private const int MostFaults = 50;

    /// <summary>Runs one verb and returns one of <see cref="ExitCodes"/>.</summary>
    public static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // A file or a pipe has no width of its own; a table must not be folded for it.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        // Beside the arguments, on a core that is free: it is the default study, and any other is read by the same code, which has to be
        // compiled first.
        if (Environment.ProcessorCount > 1) _ = Task.Run(StudyReader.ReadDemonstration);
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.ParsingCulture = CultureInfo.InvariantCulture;
        });
        var result = parser.ParseArguments<RunOptions, EstimateOptions, CheckOptions, ExpertsOptions, CalibrateOptions, CompareOptions, GaugeOptions, LinkagesOptions, AggregateOptions, SplitOptions, DevicesOptions, BenchOptions>(arguments);
        try
        {
            return result.MapResult(
                (RunOptions options) => RunVerb.Execute(options),
                (EstimateOptions options) => EstimateVerb.Execute(options),
                (CheckOptions options) => CheckVerb.Execute(options),
                (ExpertsOptions options) => ExpertsVerb.Execute(options),
                (CalibrateOptions options) => CalibrateVerb.Execute(options),
                (CompareOptions options) => CompareVerb.Execute(options),
                (GaugeOptions options) => GaugeVerb.Execute(options),
                (LinkagesOptions options) => LinkagesVerb.Execute(options),
                (AggregateOptions options) => AggregateVerb.Execute(options),
                (SplitOptions options) => SplitVerb.Execute(options),
                (DevicesOptions options) => DevicesVerb.Execute(options),
                (BenchOptions options) => BenchVerb.Execute(options),
                errors => Usage(result, errors));
        }
        catch (StudyException exception)
        {
            foreach (var fault in exception.Faults.Take(MostFaults)) Console.Error.WriteLine(fault);
            if (exception.Faults.Count > MostFaults) Console.Error.WriteLine($"… and {exception.Faults.Count - MostFaults} more faults.");
            return ExitCodes.BadInput;
        }
        catch (CommandException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return exception.ExitCode;
        }
        catch (DeviceException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCodes.NoDevice;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted; nothing was written.");
            return ExitCodes.Interrupted;
        }
    }

    private static int Usage(ParserResult<object> result, IEnumerable<Error> errors)
    {
        var asked = errors.All(e => e.Tag is ErrorType.HelpRequestedError or ErrorType.HelpVerbRequestedError or ErrorType.VersionRequestedError);
        if (errors.IsVersion())
        {
            Console.WriteLine($"iikernel {RunReceipt.ProductVersion}");
            return ExitCodes.Done;
        }

        var help = HelpText.AutoBuild(result, text =>
        {
            text.Heading = $"iikernel {RunReceipt.ProductVersion}";
            text.Copyright = "Value added of the industrial internet, and how sure one can be of it.";
            text.AdditionalNewLineAfterOption = false;
            return HelpText.DefaultParsingErrorsHandler(result, text);
        }, example => example, verbsIndex: true);
        (asked ? Console.Out : Console.Error).WriteLine(help);
        return asked ? ExitCodes.Done : ExitCodes.BadInput;
    }
}
