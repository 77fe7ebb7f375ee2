using System.Text.Json.Nodes;
using IIKernel.Reports;
using IIKernel.Studies;
using IIKernel.Tests.Repository;
using Xunit;

namespace IIKernel.Tests.Studies;

public sealed class StudySchemaTests
{
    // After a change of StudyDefinition, ClaimsDefinition or of what receipts hold: dotnet run .ci/write-schema.cs
    [Fact]
    public void The_committed_schemas_are_the_exports()
    {
        var folder = Path.Combine(RepositoryTests.Root, "src", "IIKernel", "Data");
        Assert.Equal(StudySchema.Export(), File.ReadAllText(Path.Combine(folder, "study.schema.json")));
        Assert.Equal(StudySchema.ExportClaims(), File.ReadAllText(Path.Combine(folder, "claims.schema.json")));
        Assert.Equal(ReceiptSchema.Export(), File.ReadAllText(Path.Combine(folder, "receipt.schema.json")));
    }

    [Fact]
    public void Every_key_is_described_and_unknown_keys_are_refused()
    {
        var root = JsonNode.Parse(StudySchema.Export())!.AsObject();
        Check(root);
        Check(JsonNode.Parse(StudySchema.ExportClaims())!.AsObject());
        Assert.Equal(["constant", "free"],
            root["properties"]!["growth"]!["properties"]!["returns"]!["enum"]!.AsArray().Select(n => (string?)n));

        static void Check(JsonObject node)
        {
            Assert.False((bool)node["additionalProperties"]!);
            foreach (var (key, value) in node["properties"]!.AsObject())
            {
                Assert.True(value!.AsObject().ContainsKey("description"), key);
                if (value["properties"] is not null) Check(value.AsObject());
                if (value["items"]?["properties"] is not null) Check(value["items"]!.AsObject());
            }
        }
    }
}
