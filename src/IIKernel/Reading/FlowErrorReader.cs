using IIKernel.Inputs;
using IIKernel.Studies;
using IIKernel.Tables;

namespace IIKernel.Reading;

/// <summary>The errors of a table's flows as study.json states them.</summary>
internal static class FlowErrorReader
{
    /// <summary>The relative standard deviations of all flows.</summary>
    /// <param name="definition">The key <c>uncertainty.flows</c>, checked.</param>
    /// <param name="table">The table, in the study's unit.</param>
    /// <param name="factor">Factor of the stated unit to the study's.</param>
    public static FlowErrors Of(FlowsDefinition definition, InputOutputTable table, double factor)
    {
        var stated = definition.RelativeSd;
        var error = new FlowError(stated.A, stated.B, stated.Least, stated.Most);
        var n = table.Sectors.Count;
        var sd = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) sd[i, j] = error.RelativeSd(table.Flows[i, j] / factor);
        return new(sd, definition.Fixed == "valueAdded" ? FixedSectorAccount.ValueAdded : FixedSectorAccount.Output);
    }
}
