using System.Globalization;
using IIKernel.Reports.Tables;
using static IIKernel.Reports.Words.Translation;

namespace IIKernel.Reports;

/// <summary>One device and what its test found.</summary>
public sealed record DeviceReport
{
    /// <summary>The name that --backend takes.</summary>
    public required string Name { get; init; }

    /// <summary>The number that --device takes.</summary>
    public required int Index { get; init; }

    /// <summary>The hardware, in words.</summary>
    public required string Device { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether it computes in double precision.</summary>
    public required bool DoublePrecision { get; init; }

    /// <summary>The driver.</summary>
    public required string Driver { get; init; }

    /// <summary>How its results compare with those of the reference.</summary>
    public required string Equality { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public required string? Refusal { get; init; }

    /// <summary>Draws of the demonstration study per second with the statistics of all its figures; 0 for a refused device.</summary>
    public required double DrawsPerSecond { get; init; }
}

/// <summary>What <c>devices</c> shows.</summary>
public static class DevicesReport
{
    /// <summary>The devices of a machine.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="backends">Names of all backends; those without a device are named.</param>
    /// <param name="faultOf">What is wrong with the driver of a backend; null where nothing is, or there is none.</param>
    public static Report Of(IReadOnlyList<DeviceReport> devices, IEnumerable<string> backends, Func<string, string?> faultOf)
    {
        ArgumentNullException.ThrowIfNull(faultOf);
        var report = new Report();
        var table = new ReportTable(Say($"Devices of this machine"),
        [
            Titled.Text($"backend"), Titled.Number($"device", 1), Titled.Text($"hardware", 2),
            Titled.Number($"memory", 4),
            Titled.Text($"double", 5), Titled.Text($"driver", 6), Titled.Number($"draws/s"), Titled.Text($"results"),
        ]);
        foreach (var d in devices)
        {
            var memory = string.Create(CultureInfo.InvariantCulture, $"{d.Memory / (double)(1 << 30):0.0} GiB");
            table.Add(
                d.Name, new ReportCell(d.Index), d.Device, new ReportCell(d.Memory, memory),
                d.DoublePrecision ? Say($"yes") : Say($"no"), d.Driver,
                ReportCell.Number(d.DrawsPerSecond, "N0"), d.Refusal is null ? d.Equality : Say($"refused: {d.Refusal}"));
        }

        report.Add(table);
        foreach (var backend in backends.Where(b => devices.All(d => d.Name != b)))
        {
            report.Line(faultOf(backend) is { } fault ? Say($"{backend}: its driver cannot be used: {fault}.")
                : Say($"{backend}: no device or no driver."));
        }

        return report;
    }
}
