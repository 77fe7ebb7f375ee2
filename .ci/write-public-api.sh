#!/usr/bin/env bash
# Writes anew what is public and not shipped yet, PublicAPI.Unshipped.txt beside each project of the library.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in kernels/IIKernel.Kernels kernels/IIKernel.Kernels.Gpu src/IIKernel src/IIKernel.Reports; do
  list="$project/PublicAPI.Unshipped.txt"
  printf '#nullable enable\n' > "$list"
  # The analyzer names what the lists lack, as they write it.
  log="$(dotnet build "$project" -c Release --no-incremental --no-dependencies -p:RunAnalyzers=true -p:TreatWarningsAsErrors=false)"
  sed -n "s/.* RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" <<< "$log" | LC_ALL=C sort -u >> "$list"
  echo "$list: $(($(wc -l < "$list") - 1)) members"
done
