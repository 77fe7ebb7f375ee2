#!/usr/bin/env bash
# Packs everything that a machine with nothing but a GPU driver needs for the check of bench/README.md:
# artifacts/gpu-check.tar.xz. There: tar xf gpu-check.tar.xz && gpu-check/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
limit=$((64 << 20))
package=artifacts/gpu-check
rm -rf "$package" "$package.tar.xz"
mkdir -p "$package"
# Lock files know no runtime, which this adds: they are left out of it.
for project in tests/IIKernel.Kernels.Tests src/IIKernel.Cli; do
  dotnet publish "$project" -c Release -r linux-x64 --self-contained -p:RestorePackagesWithLockFile=false -p:NuGetLockFilePath=none \
    --artifacts-path artifacts/build -o "$package/bin" > artifacts/publish.log || { cat artifacts/publish.log; exit 1; }
done
rm -f "$package"/bin/*.xml "$package"/bin/*.pdb
cp bench/gpu-check-run.sh "$package/run.sh"
chmod +x "$package/run.sh"
git rev-parse --short HEAD > "$package/revision"
# What cards could do at most, which the check sets beside what this one does.
dotnet run -c Release --project bench/IIKernel.Bench -- cards plain > "$package/expected.tsv"
tar -C artifacts -cf - gpu-check | xz -6 -T0 > "$package.tar.xz"
size=$(stat -c %s "$package.tar.xz")
echo "$package.tar.xz: $((size >> 20)) MiB"
[ "$size" -lt "$limit" ] || { echo "larger than 64 MiB" >&2; exit 1; }
