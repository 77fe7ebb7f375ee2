using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IIKernel.Tests.Pages;

/// <summary>A headless Chromium of the system with one page, spoken to by its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(Patience);
    private int _last;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine).FirstOrDefault(File.Exists);

    /// <summary>What the page said on its console, what it threw and what it asked for beside itself.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts it and opens a file.</summary>
    public static async Task<Chromium> Open(string file)
    {
        var profile = Directory.CreateTempSubdirectory("iikernel-chromium-").FullName;
        var start = new ProcessStartInfo(Program!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--lang=en", "--remote-debugging-port=0", $"--user-data-dir={profile}",
                "--window-size=1100,900", "about:blank",
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var browser = new Chromium(process, profile);
        await browser.Connect();
        await browser.Send("Runtime.enable");
        await browser.Send("Log.enable");
        await browser.Send("Network.enable");
        await browser.Send("Page.enable");
        await browser.Send("Page.navigate", new JsonObject { ["url"] = new Uri(file).AbsoluteUri });
        while (await browser.Evaluate("document.readyState") is not "complete") await Task.Delay(100, browser._timeout.Token);
        return browser;
    }

    /// <summary>The value of an expression; a promise is waited for.</summary>
    public async Task<string?> Evaluate(string expression)
    {
        var result = await Send("Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        if (result["exceptionDetails"] is { } fault) throw new InvalidOperationException(fault.ToJsonString());
        return result["result"]?["value"]?.ToString();
    }

    /// <summary>Sends a command and waits for its answer; what the page says meanwhile is kept.</summary>
    public async Task<JsonObject> Send(string method, JsonObject? parameters = null)
    {
        var id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, _timeout.Token);
        while (true)
        {
            var answer = await Receive();
            if (answer["id"]?.GetValue<int>() == id)
                return answer["result"]?.AsObject() ?? throw new InvalidOperationException(answer.ToJsonString());
            Note(answer);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _timeout.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child may still write its last file there: the system clears its temporary folder.
        }
    }

    private void Note(JsonObject message)
    {
        switch (message["method"]?.GetValue<string>())
        {
            case "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded":
                Complaints.Add(message["params"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent" when message["params"]!["request"]!["url"]!.GetValue<string>() is var url
                && !url.StartsWith("file:", StringComparison.Ordinal):
                Complaints.Add(url[..Math.Min(url.Length, 200)]);
                break;
        }
    }

    private async Task Connect()
    {
        // Chromium writes the port that it found into its profile.
        var place = Path.Combine(_profile, "DevToolsActivePort");
        while (!File.Exists(place) || (await File.ReadAllLinesAsync(place, _timeout.Token)).Length < 2)
            await Task.Delay(100, _timeout.Token);
        var port = (await File.ReadAllLinesAsync(place, _timeout.Token))[0];
        using var client = new HttpClient();
        while (true)
        {
            var list = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), _timeout.Token);
            var pages = JsonNode.Parse(list)!.AsArray();
            if (pages.FirstOrDefault(p => p!["type"]!.GetValue<string>() == "page") is { } page)
            {
                await _socket.ConnectAsync(new(page["webSocketDebuggerUrl"]!.GetValue<string>()), _timeout.Token);
                return;
            }

            await Task.Delay(100, _timeout.Token);
        }
    }

    private async Task<JsonObject> Receive()
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _timeout.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonObject>(text.ToArray())!;
    }
}
