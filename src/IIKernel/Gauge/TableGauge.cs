using IIKernel.Tables;
using MathNet.Numerics.LinearAlgebra;

namespace IIKernel.Gauge;

/// <summary>Known answers of input–output tables: inverses, multipliers, linkages.</summary>
internal static class TableGauge
{
    private static readonly Dictionary<string, Func<InputOutputTable, Matrix<double>>> Quantities = new()
    {
        ["technicalCoefficients"] = LeontiefModel.TechnicalCoefficients,
        ["leontiefInverse"] = t => LeontiefModel.LeontiefInverse(LeontiefModel.TechnicalCoefficients(t)),
        ["outputCoefficients"] = LeontiefModel.OutputCoefficients,
        ["ghoshInverse"] = t => LeontiefModel.GhoshInverse(LeontiefModel.OutputCoefficients(t)),
        ["outputMultipliers"] = t => Row(LinkageAnalysis.Of(t).OutputMultipliers),
        ["valueAddedMultipliers"] = t => Row(LinkageAnalysis.Of(t).ValueAddedMultipliers),
        ["backwardLinkages"] = t => Row(LinkageAnalysis.Of(t).BackwardLinkages),
        ["forwardLinkages"] = t => Row(LinkageAnalysis.Of(t).ForwardLinkages),
    };

    /// <summary>Every quantity that the file expects of its tables.</summary>
    public static IEnumerable<GaugeValue> Tables(GaugeSet set)
    {
        foreach (var data in GaugeData.Document(set.Files[0]).GetProperty("tables").EnumerateArray())
        {
            var (output, valueAdded) = (GaugeData.Numbers(data.GetProperty("output")), GaugeData.Numbers(data.GetProperty("valueAdded")));
            var table = new InputOutputTable
            {
                Sectors = [.. output.Select((_, i) => new Sector($"{i + 1}", "", "", 0))],
                Flows = GaugeData.Matrix(data.GetProperty("flows")),
                TotalOutput = output,
                IntermediateInput = [.. output.Select((x, i) => x - valueAdded[i])],
            };
            foreach (var expected in data.GetProperty("expected").EnumerateArray())
            {
                var (quantity, values) = (expected.GetProperty("quantity").GetString()!, GaugeData.Matrix(expected.GetProperty("values")));
                var computed = Quantities[quantity](table);
                for (var i = 0; i < computed.RowCount; i++)
                {
                    for (var j = 0; j < computed.ColumnCount; j++)
                    {
                        yield return new(
                            $"{data.GetProperty("name").GetString()}, {quantity} ({i + 1}, {j + 1}), "
                            + expected.GetProperty("source").GetString(),
                            GaugeReplay.Host, computed[i, j], values[i, j], expected.GetProperty("tolerance").GetDouble());
                    }
                }
            }
        }
    }

    private static Matrix<double> Row(double[] values) => Matrix<double>.Build.DenseOfRowArrays(values);
}
