using System.Globalization;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>Checks sectors against flows and makes the input–output table of them.</summary>
internal static class TableAssembler
{
    /// <summary>Part of M_j that a column sum may miss beyond the rounding of printed cells.</summary>
    public const double RelativeTolerance = 1e-6;

    private const int Named = 5;

    // Statistical discrepancies stay below this part of M.
    private const double Discrepancy = 0.05;

    /// <summary>The table in the study's unit; null with faults added.</summary>
    /// <param name="context">The study's files and faults.</param>
    /// <param name="sectors">sectors.csv.</param>
    /// <param name="flows">flows.csv.</param>
    /// <param name="definition">What the study says of the table.</param>
    /// <param name="factor">Factor from the table's unit to the study's.</param>
    public static InputOutputTable? Assemble(StudyReadContext context, SectorRows sectors,
        FlowMatrix flows, TableDefinition definition, double factor)
    {
        var before = context.Faults.Count;
        // Every column would miss its sum for this one reason.
        if (FlowCoverage.Refusal(sectors, flows) is { } refusal)
        {
            context.Faults.Add(refusal);
            return null;
        }

        var tolerance = CheckColumnSums(context, sectors, flows, definition.InputsOutsideFlows, definition.Allow.Contains("discrepancy"));
        CheckSectorsWithoutOutput(context, sectors, flows);
        NoteNegativeFlows(context, sectors, flows);
        if (context.Faults.Count > before) return null;
        var productivity = HawkinsSimon.Examine(flows.Values, sectors.TotalOutput, context.Cancellation);
        if (!productivity.IsProductive)
        {
            context.Faults.Add(Fault(flows, sectors, productivity));
            return null;
        }

        var values = new double[sectors.Codes.Count, sectors.Codes.Count];
        for (var i = 0; i < values.GetLength(0); i++)
            for (var j = 0; j < values.GetLength(1); j++)
                values[i, j] = flows.Values[i, j] * factor;
        return new InputOutputTable
        {
            Sectors = sectors.Sectors,
            Flows = values,
            TotalOutput = [.. sectors.TotalOutput.Select(x => x * factor)],
            IntermediateInput = [.. sectors.IntermediateInput.Select(x => x * factor)],
            PrintedValueAdded = [.. sectors.ValueAdded.Select(x => x * factor)],
            Compensation = [.. sectors.Compensation.Select(x => x * factor)],
            Employment = sectors.Employment,
            HouseholdConsumption = [.. sectors.HouseholdConsumption.Select(x => x * factor)],
            InputsOutsideFlows = definition.InputsOutsideFlows,
            AllowsNegativeValueAdded = definition.Allow.Contains("negative-value-added"),
            AllowsDiscrepancy = definition.Allow.Contains("discrepancy"),
            ColumnSumTolerance = [.. tolerance.Select(x => x * factor)],
        };
    }

    // A cell printed with d decimals is off by up to half a unit of the last: n cells and M together by up to
    // (n·u_x + u_M)/2, u the unit of the last decimal that the file (the column of M) prints anywhere, since
    // trailing zeros are commonly dropped and a printed 0 is rounded too. A table that was added up or divided after such rounding shows
    // none of it in its decimals: sectors.csv then says how much it was.
    private static double[] CheckColumnSums(StudyReadContext context, SectorRows sectors, FlowMatrix flows,
        bool inputsOutsideFlows, bool discrepancy)
    {
        var n = sectors.Codes.Count;
        var covered = FlowCoverage.Of(flows.Values, sectors.IntermediateInput) >= InputOutputTable.LeastFlowCoverage;
        var rounding = (n * flows.Resolution + sectors.Resolution) / 2;
        var tolerances = new double[n];
        var faults = new List<StudyFault>();
        var missed = new List<(int Column, double Gap)>();
        for (var j = 0; j < n; j++)
        {
            var (sum, m) = (0.0, sectors.IntermediateInput[j]);
            for (var i = 0; i < n; i++) sum += flows.Values[i, j];
            var tolerance = tolerances[j] = Tolerance(j);
            var gap = sum - m;
            if (!Misses(j, sum)) continue;
            missed.Add((j, gap));
            if (discrepancy) continue;
            const string mend = "Mend a flow of the column, or intermediate_input";
            const string noRow = "where inputs such as imports have no row, set table.inputsOutsideFlows to true.";
            var mayHaveNoRow = !(gap > 0 || inputsOutsideFlows);
            faults.Add(new(flows.File, $"column {sectors.Codes.Codes[j]}",
                $"a column sum of {Amount(sum)}, {Amount(Math.Abs(gap))} {(gap > 0 ? "above" : "below")} intermediate_input",
                $"{(inputsOutsideFlows ? "at most " : "")}{Amount(m)} ({sectors.Codes.File}, {sectors.Rows[j].Cell("intermediate_input")}) "
                + $"within {Amount(tolerance)}: 1e-6 of it and the rounding of {n} printed cells",
                Math.Abs(gap) <= Discrepancy * m && covered
                    ? $"{mend}; where the publisher states a statistical discrepancy, add \"discrepancy\" to table.allow"
                        + (mayHaveNoRow ? $", and {noRow}" : ".")
                    : mayHaveNoRow && covered ? $"{mend}; {noRow}" : $"{mend}."));
        }

        // A slip of the whole table is no discrepancy.
        if (missed.Count > 1 && TableSlip.Find(sectors, flows, Misses) is { } cause) faults = [cause];
        else if (discrepancy && missed.Count > 0)
        {
            var (worst, most) = missed.MaxBy(x => Math.Abs(x.Gap));
            var share = 100 * missed.Sum(x => Math.Abs(x.Gap)) / sectors.IntermediateInput.Sum();
            context.Warnings.Add(new DiscrepancyWarning(
                flows.File, missed.Count, n, share, sectors.Codes.Codes[worst], most, sectors.IntermediateInput[worst]));
        }

        foreach (var fault in faults) context.Faults.Add(fault);
        return tolerances;

        bool Misses(int j, double sum)
        {
            var gap = sum - sectors.IntermediateInput[j];
            return !(Math.Abs(gap) <= Tolerance(j) || (inputsOutsideFlows && gap < 0));
        }

        double Tolerance(int j) => Math.Max(RelativeTolerance * sectors.IntermediateInput[j] + rounding, sectors.ColumnTolerance[j]);
    }

    private static void CheckSectorsWithoutOutput(StudyReadContext context, SectorRows sectors, FlowMatrix flows)
    {
        var empty = Enumerable.Range(0, sectors.Codes.Count).Where(i => sectors.TotalOutput[i] == 0).ToArray();
        foreach (var k in empty)
        {
            // M ≤ X has been checked: here M is 0.
            for (var i = 0; i < sectors.Codes.Count; i++)
            {
                if (flows.Values[k, i] != 0) Report(k, i);
                if (i != k && flows.Values[i, k] != 0) Report(i, k);
            }
        }

        if (empty.Length > 0)
            context.Warnings.Add(new SectorWithoutOutputWarning(sectors.Codes.File, [.. empty.Select(i => sectors.Codes.Codes[i])]));

        void Report(int row, int column)
        {
            var zero = sectors.TotalOutput[row] == 0 ? row : column;
            context.Faults.Add(new(flows.File, $"row {sectors.Codes.Codes[row]}, column {sectors.Codes.Codes[column]}",
                Amount(flows.Values[row, column]),
                $"0, since sector {sectors.Codes.Codes[zero]} has total_output 0", "Mend the flow, or the sector's total_output."));
        }
    }

    private static void NoteNegativeFlows(StudyReadContext context, SectorRows sectors, FlowMatrix flows)
    {
        var n = sectors.Codes.Count;
        var cells = Enumerable.Range(0, n * n).Where(c => flows.Values[c / n, c % n] < 0).ToArray();
        if (cells.Length == 0) return;
        var first = cells.Take(Named).Select(c => new FlowCell(
            sectors.Codes.Codes[c / n], sectors.Codes.Codes[c % n], flows.Values[c / n, c % n]));
        context.Warnings.Add(new NegativeFlowsWarning(flows.File, cells.Length, [.. first], Math.Max(0, cells.Length - Named)));
    }

    private static StudyFault Fault(FlowMatrix flows, SectorRows sectors, Productivity productivity)
    {
        string[] codes = [.. productivity.SectorsAtFault.Select(i => sectors.Codes.Codes[i])];
        return new(flows.File, $"sector {Wording.Listed(codes, Named)}",
            "a spectral radius of the technical coefficients of "
            + $"{productivity.SpectralRadius.ToString("G6", CultureInfo.InvariantCulture)}",
            "below 1 (Hawkins–Simon condition)",
            "These sectors together use more than they produce: mend their flows or total_output. The first named weigh most.");
    }

    private static string Amount(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
