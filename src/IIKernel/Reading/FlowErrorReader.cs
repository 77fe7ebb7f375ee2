using IIKernel.Inputs;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>The errors of a table's flows as study.json states them: what is said later goes before what is said earlier.</summary>
/// <param name="context">The study's files and faults.</param>
/// <param name="table">The table, in the study's unit; null where it is faulty.</param>
/// <param name="sets">Reads sets of sectors.</param>
internal sealed class FlowErrorReader(StudyReadContext context, InputOutputTable? table, SectorSets sets)
{
    // Rows that a warning names, and flows that a fault does.
    private const int Named = 5;

    /// <summary>The relative standard deviations of all flows; null with faults added, or where the table is faulty.</summary>
    /// <param name="definition">The key <c>uncertainty.flows</c>, checked.</param>
    /// <param name="factor">Factor of the unit of its law to the study's.</param>
    public FlowErrors? Read(FlowsDefinition definition, double factor)
    {
        var before = context.Faults.Count;
        var n = table?.Sectors.Count ?? 0;
        var sd = new double[n, n];
        if (definition.RelativeSd is { } stated)
        {
            var error = new FlowError(stated.A, stated.B, stated.Least, stated.Most);
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) sd[i, j] = error.RelativeSd(table!.Flows[i, j] / factor);
        }

        if (definition.Vintages is { } vintages) new TableVintageReader(context, table).Read(vintages, sd);
        if (definition.Pedigree is { } pedigree) ReadPedigree(pedigree, sd);
        if (definition.Blocks is { } blocks) ReadBlocks(blocks, sd);
        var balance = definition.Balance switch
        {
            "ras" => FlowBalance.Scaling,
            "wls" => FlowBalance.LeastSquares,
            _ => FlowBalance.None,
        };
        var common = definition.Common is { } shares ? ReadCommon(shares, n) : null;
        if (context.Faults.Count == before && balance == FlowBalance.Scaling) CheckSigns(sd);
        return context.Faults.Count > before || table is null ? null
            : new(sd, definition.Fixed == "valueAdded" ? FixedSectorAccount.ValueAdded : FixedSectorAccount.Output)
            {
                Balance = balance,
                Common = common,
            };
    }

    private void CheckSigns(double[,] sd)
    {
        if (table is null) return;
        var n = table.Sectors.Count;
        var cells = Enumerable.Range(0, n * n).Where(c => table.Flows[c / n, c % n] < 0 && sd[c / n, c % n] > 0).ToArray();
        if (cells.Length == 0) return;
        string[] named = [.. cells.Select(c => $"row {table.Sectors[c / n].Code} column {table.Sectors[c % n].Code}")];
        context.Faults.Add(new(context.DefinitionPath, "key uncertainty.flows.balance",
            $"\"ras\" for a table with {Wording.Count(cells.Length, "negative flow")} with errors ({Wording.Listed(named, Named, "; ")})",
            "no negative flow that has an error, since scaling rows and columns with both signs need not meet their sums",
            "Write \"wls\", or give them an rsd of 0 in uncertainty.flows.blocks: flows without errors stay as they are."));
    }

    private void ReadBlocks(string path, double[,] sd)
    {
        if (context.Csv(path, "rows", "columns", "rsd") is not { } rows) return;
        EachFlow(rows, row =>
        {
            var value = row.Number("rsd", "a relative standard deviation in [0, 1]");
            if (value is < 0 or > 1)
                row.Fault("rsd", "a relative standard deviation in [0, 1]", "Write a share, not a percentage: 0.1 for 10 percent.");
            return value is { } rsd ? (i, j) => sd[i, j] = rsd : null;
        });
    }

    private void ReadPedigree(PedigreeDefinition definition, double[,] sd)
    {
        var factors = PedigreeReader.Factors(context, definition.Factors);
        if (context.Csv(definition.File, ["rows", "columns", .. PedigreeFactors.Indicators]) is not { } rows) return;
        var law = (double[,])sd.Clone();
        EachFlow(rows, row =>
        {
            var scores = PedigreeReader.Scores(row);
            var basic = PedigreeReader.Basic(row);
            return scores is null || factors is null ? null
                : (i, j) => sd[i, j] = factors.RelativeSd(scores, basic is { } factor ? PedigreeFactors.Variance(factor)
                    : FlowError.LogVariance(law[i, j]));
        });
    }

    private CommonFlowErrors? ReadCommon(CommonErrorsDefinition definition, int n)
    {
        var (sourceOf, names) = (new int[n, n], new List<string>());
        if (definition.Sources is { } path)
        {
            if (context.Csv(path, "rows", "columns", "source") is not { } rows) return null;
            EachFlow(rows, row =>
            {
                var name = row.Text("source");
                if (name.Length == 0)
                {
                    row.Fault("source", "the name of a source", "Name the survey or the office that the flows are of.");
                    return null;
                }

                if (!names.Contains(name)) names.Add(name);
                var source = names.IndexOf(name) + 1;
                return (i, j) => sourceOf[i, j] = source;
            });
        }

        return new(definition.Row, definition.Column, definition.Source, sourceOf, names);
    }

    // Does what each row says with the flows of its block that are not 0; blocks that have none are a warning.
    private void EachFlow(CsvTable rows, Func<CsvRow, Action<int, int>?> read)
    {
        var without = new List<int>();
        foreach (var row in rows.Rows)
        {
            row.Name(("rows", row.Text("rows")), ("columns", row.Text("columns")));
            var (from, to) = (sets.Find(row, "rows", context.Faults), sets.Find(row, "columns", context.Faults));
            if (read(row) is not { } act || from is null || to is null) continue;
            var touched = false;
            foreach (var i in from)
            {
                foreach (var j in to)
                {
                    if (table!.Flows[i, j] == 0) continue;
                    touched = true;
                    act(i, j);
                }
            }

            if (!touched) without.Add(row.Line);
        }

        if (without.Count > 0)
            context.Warnings.Add(new BlockWithoutFlowsWarning(rows.File, [.. without.Take(Named)], Math.Max(0, without.Count - Named)));
    }
}
