#!/usr/bin/env bash
# What the results files (trx) of a folder say together: what was skipped and why, what failed, and last one line,
# N passed, N failed, N skipped. A test that one file skips and another runs was not skipped. Ends with 1 where a test
# failed or none passed.
set -euo pipefail
shopt -s nullglob
files=("${1:-TestResults}"/*.trx)
[ "${#files[@]}" -gt 0 ] || { echo "${1:-TestResults}: found no results file (*.trx)." >&2; exit 1; }

awk '
  function attribute(name,   text) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    text = substr($0, RSTART, RLENGTH); sub("^[^\"]*\"", "", text); sub("\"$", "", text)
    gsub(/\\?&quot;/, "\"", text); gsub("&lt;", "<", text); gsub("&gt;", ">", text); gsub("&amp;", "\\&", text)
    return text
  }
  /<UnitTestResult / {
    name = attribute("testName"); outcome = attribute("outcome")
    if (outcome == "NotExecuted") { waiting = 1; if ($0 ~ "/>$") skip("no reason given") }
    else { ran[name] = 1; if (outcome == "Passed") passed++; else failures[++failed] = name }
  }
  # The reason is the message of the one runner and the output of the other.
  waiting && /<(Message|StdOut)>/ {
    reason = $0; sub(/.*<(Message|StdOut)>/, "", reason); sub(/<\/(Message|StdOut)>.*/, "", reason)
    skip(reason)
  }
  waiting && /<\/UnitTestResult>/ { skip("no reason given") }
  function skip(why) { waiting = 0; names[++skips] = name; whys[skips] = why }
  function count(name, why,   set) {
    skipped++; set = name; sub(/\(.*/, "", set); sub(/\.[^.]*$/, "", set)
    if (!(why in times)) order[++reasons] = why
    times[why]++
    if (!((why, set) in seen)) { seen[why, set] = 1; sets[why] = sets[why] (sets[why] == "" ? "" : ", ") set }
  }
  END {
    for (i = 1; i <= skips; i++) if (!(names[i] in ran)) count(names[i], whys[i])
    if (reasons) print "Skipped:"
    for (i = 1; i <= reasons; i++) printf "  %d: %s (%s)\n", times[order[i]], order[i], sets[order[i]]
    if (failed) print "Failed:"
    for (i = 1; i <= failed; i++) print "  " failures[i]
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed > 0 || passed == 0
  }' "${files[@]}"
