using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using IIKernel.Reports.Words;

namespace IIKernel.Reports.Pages;

/// <summary>
/// report.html: a run on one page that asks nothing of a network. Both languages stand in it whole, one of them shown; charts are SVG that
/// needs no script. It is the same to the byte for the same run.
/// </summary>
public static class ReportPage
{
    /// <summary>File name within the output folder.</summary>
    public const string FileName = "report.html";

    private static readonly Lazy<string> Style = new(() => Asset("report.css"));
    private static readonly Lazy<string> Script = new(() => Asset("report.js"));

    /// <summary>Writes the page, in UTF-8.</summary>
    /// <param name="stream">Takes it, and stays open.</param>
    /// <param name="content">What it shows.</param>
    public static void Write(Stream stream, ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(content);
        var data = new ReportData(content);
        // Nothing runs and nothing styles but what stands in the page, and nothing is fetched.
        var policy = $"default-src 'none'; style-src {Hash(Style.Value)}; script-src {Hash(Script.Value)}; "
            + "base-uri 'none'; form-action 'none'";
        var page = new Markup();
        page.Open("html", ("lang", "en"), ("data-theme", "auto")).Open("head").Empty("meta", ("charset", "utf-8"))
            .Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", policy))
            .Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Element("title", data.Study.Name).Open("style").Raw(Style.Value).Close().Close().Open("body");
        foreach (var language in new[] { Language.English, Language.Chinese }) new ReportBody(data, ReportWords.Of(language)).Add(page);
        page.Open("script", ("type", "application/json"), ("id", "plan")).Raw(WhatIf.Json(data)).Close();
        page.Open("script").Raw(Script.Value).Close().Close().Close();
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write("<!DOCTYPE html>\n");
        writer.Write(page.ToString());
        writer.Write('\n');
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    // Line ends as a browser reads them, whatever a checkout made of them.
    private static string Asset(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
