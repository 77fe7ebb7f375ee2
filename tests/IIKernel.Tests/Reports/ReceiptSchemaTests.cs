using System.Text.Json;
using System.Text.Json.Nodes;
using IIKernel.Reports;
using Xunit;

namespace IIKernel.Tests.Reports;

public sealed class ReceiptSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iikernel-schema-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // CommandLineRunner holds every receipt that a test writes to the schema; these are the two kinds of it.
    [Theory]
    [InlineData("run", "--draws", "200")]
    [InlineData("linkages")]
    public void A_receipt_that_lacks_a_key_or_has_another_type_is_none(string verb, params string[] options)
    {
        Assert.Equal(0, CommandLineRunner.InProcess([verb, .. options, "--quiet", "--out", _folder]).ExitCode);
        var text = File.ReadAllText(Path.Combine(_folder, verb + ".json"));
        Assert.Equal("", Faults(_ => { }));
        Assert.Contains("/verb", Faults(r => r["verb"] = 1), StringComparison.Ordinal);
        Assert.Contains("/program", Faults(r => r["program"] = "other"), StringComparison.Ordinal);
        Assert.NotEqual("", Faults(r => r.Remove("outputs")));
        Assert.Contains("/outputs/0", Faults(r => r["outputs"]![0]!.AsObject().Remove("sha256")), StringComparison.Ordinal);
        // What run adds is asked of run.json alone.
        Assert.Equal(verb != "run", Faults(r => r.Remove("point_distance")).Length == 0);
        Assert.Equal("", Faults(r => r["of_a_verb"] = "more"));

        string Faults(Action<JsonObject> change)
        {
            var receipt = JsonNode.Parse(text)!.AsObject();
            change(receipt);
            return ReceiptSchemas.Faults(JsonSerializer.SerializeToElement(receipt));
        }
    }

    [Fact]
    public void Every_key_is_described()
    {
        var root = JsonNode.Parse(ReceiptSchema.Export())!.AsObject();
        var keys = root["properties"]!.AsObject().Concat(root["then"]!["properties"]!.AsObject()).ToArray();
        Assert.Contains("point_distance", keys.Select(k => k.Key));
        Assert.All(keys, key => Assert.False(string.IsNullOrWhiteSpace((string?)key.Value!["description"]), key.Key));
    }
}
