using BenchmarkDotNet.Attributes;
using IIKernel.Sensitivity;
using IIKernel.Tables;

namespace IIKernel.Bench;

/// <summary>
/// The fields of influence of all n² coefficients of a made-up table with 11 related sectors, from the table on: derivative, elasticity
/// and both exact changes of every cell.
/// </summary>
public class InfluenceBenchmarks
{
    private const int Related = 11;
    private InputOutputTable _table = null!;
    private (int Sector, double Share)[] _related = null!;
    private double[] _weights = null!;

    /// <summary>The number of sectors.</summary>
    [Params(200)]
    public int Sectors { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var flows = new double[Sectors, Sectors];
        var input = new double[Sectors];
        for (var i = 0; i < Sectors; i++)
            for (var j = 0; j < Sectors; j++) input[j] += flows[i, j] = random.NextDouble();
        _table = new()
        {
            Sectors = [.. Enumerable.Range(0, Sectors).Select(i => new Sector($"{i:000}", "", "", 0))],
            Flows = flows,
            TotalOutput = [.. input.Select(x => 1.7 * x)],
            IntermediateInput = input,
        };
        _related = [.. Enumerable.Range(0, Related).Select(j => (j * Sectors / Related, 0.3))];
        _weights = [.. Enumerable.Repeat(1.0, Sectors)];
    }

    [Benchmark]
    public double AllCells()
    {
        var field = new FieldOfInfluence(_table, _related, _weights);
        var sum = 0.0;
        for (var p = 0; p < Sectors; p++)
        {
            for (var q = 0; q < Sectors; q++)
            {
                var change = 0.1 * field.Coefficient(p, q);
                sum += field.Derivative(p, q) + field.Elasticity(p, q) + field.Change(p, q, change) + field.Change(p, q, -change);
            }
        }

        return sum;
    }
}
