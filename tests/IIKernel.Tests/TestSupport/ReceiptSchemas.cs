using System.Text.Json;
using IIKernel.Reports;
using Json.Schema;
using Xunit;

namespace IIKernel.Tests;

/// <summary>Holds receipts to the committed schema.</summary>
internal static class ReceiptSchemas
{
    private static readonly Lock Evaluation = new();
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromText(ReceiptSchema.Export()));

    /// <summary>Every receipt in a folder is as the schema says.</summary>
    public static void Hold(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*.json"))
        {
            // A study may lie there too, which has comments.
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.TryGetProperty("command_line", out _)) Assert.Equal("", Faults(document.RootElement));
        }
    }

    /// <summary>What of a document is not as the schema says, a line each; empty for a receipt.</summary>
    public static string Faults(JsonElement receipt)
    {
        lock (Evaluation)
        {
            var result = Schema.Value.Evaluate(receipt, new() { OutputFormat = OutputFormat.List });
            return result.IsValid ? "" : string.Join('\n', (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(d =>
                d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}")));
        }
    }
}
