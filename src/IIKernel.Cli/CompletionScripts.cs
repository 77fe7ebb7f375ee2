namespace IIKernel.Cli;

/// <summary>
/// Scripts of shells that complete what is typed, made of the definitions of the verbs: verbs first, then options where a dash was typed,
/// the words of an option or of a list's last entry where they are known, and the names of files for all else.
/// </summary>
internal static class CompletionScripts
{
    /// <summary>The script of each shell, by the shell's name.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<KnownVerb>, string>> Known { get; } =
        new Dictionary<string, Func<IReadOnlyList<KnownVerb>, string>> { ["bash"] = Bash, ["zsh"] = Zsh, ["pwsh"] = Pwsh };

    /// <summary>
    /// A function for bash, which sees the value of --lang=en as three words. What it leaves empty the shell fills with names of files.
    /// </summary>
    public static string Bash(IReadOnlyList<KnownVerb> verbs)
    {
        var options = verbs.Select(v => $"        {v.Name}) options=\"{Options(v)}\" ;;\n");
        var words = Words(verbs).Select(w => $"        \"{w.Verb} {w.Option}\") words=\"{w.Words}\" ;;\n");
        return $$"""
            _iikernel()
            {
                local verb=run options="" words="" prefix="" current="${COMP_WORDS[COMP_CWORD]}" previous=""
                if (( COMP_CWORD > 0 )); then previous="${COMP_WORDS[COMP_CWORD-1]}"; fi
                if [[ $current == "=" ]]; then current=""
                elif [[ $previous == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"
                fi
                case "${COMP_WORDS[1]}" in
                    {{string.Join('|', verbs.Select(v => v.Name))}}|help) verb="${COMP_WORDS[1]}" ;;
                esac
                case "$verb" in
            {{string.Concat(options)}}        help) words="{{Names(verbs)}}" ;;
                esac
                if (( COMP_CWORD == 1 )); then words="{{Names(verbs)}} help"; options="$options --version"; fi
                case "$verb $previous" in
            {{string.Concat(words)}}    esac
                if [[ $current == -* ]]; then words="$options --help"; fi
                if [[ $current == *,* ]]; then prefix="${current%,*},"; current="${current##*,}"; fi
                COMPREPLY=( $(compgen -P "$prefix" -W "$words" -- "$current") )
            }
            complete -o bashdefault -o default -F _iikernel {{UsageStyle.Program}}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The same for zsh, which runs completions of bash.</summary>
    public static string Zsh(IReadOnlyList<KnownVerb> verbs) =>
        "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(verbs);

    /// <summary>A completer for PowerShell, which adds the names of files itself where it gets nothing.</summary>
    public static string Pwsh(IReadOnlyList<KnownVerb> verbs)
    {
        var options = verbs.Select(v => $"        '{v.Name}' = '{Options(v)}'\n");
        var words = Words(verbs).Select(w => $"        '{w.Verb} {w.Option}' = '{w.Words}'\n");
        return $$"""
            Register-ArgumentCompleter -Native -CommandName {{UsageStyle.Program}} -ScriptBlock {
                param($current, $command, $cursor)
                $options = @{
            {{string.Concat(options)}}    }
                $words = @{
            {{string.Concat(words)}}    }
                $typed = @($command.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
                $verb = 'run'
                if ($typed.Count -gt 1 -and $options.ContainsKey($typed[1])) { $verb = $typed[1] }
                $known = $words["$verb $($typed[-1])"]
                if ($typed.Count -eq 1) { $known = '{{Names(verbs)}} help' }
                if ($typed.Count -eq 2 -and $typed[1] -eq 'help') { $known = '{{Names(verbs)}}' }
                if ($current -like '-*') { $known = $options[$verb] + ' --help' }
                $prefix = ''
                if ($current -match '^(.*,)([^,]*)$') { $prefix = $Matches[1]; $current = $Matches[2] }
                "$known" -split ' ' | Where-Object { $_ -and $_ -like "$current*" } | ForEach-Object { $prefix + $_ }
            }

            """.ReplaceLineEndings("\n");
    }

    private static string Names(IReadOnlyList<KnownVerb> verbs) => string.Join(' ', verbs.Select(v => v.Name));

    private static string Options(KnownVerb verb) => string.Join(' ', verb.Known.Select(o => o.Name));

    // Behind a verb stands its first word.
    private static IEnumerable<(string Verb, string Option, string Words)> Words(IReadOnlyList<KnownVerb> verbs) =>
        from verb in verbs
        from known in verb.Known.Select(o => (o.Name, o.Words)).Prepend((verb.Name, verb.Words))
        where known.Words.Count > 0
        select (verb.Name, known.Item1, string.Join(' ', known.Words));
}
