#!/usr/bin/env bash
# Makes the four packages of the library in a folder, and a program outside the repository that takes them from there: the example of
# docs/library.md, and something of each package.
set -euo pipefail
cd "$(dirname "$0")/.."
packages="$(mkdir -p "$1" && cd "$1" && pwd)"
rm -f "$packages"/*.nupkg "$packages"/*.snupkg
for project in kernels/IIKernel.Kernels kernels/IIKernel.Kernels.Gpu src/IIKernel src/IIKernel.Reports; do
  dotnet pack "$project" -c Release --no-build -o "$packages"
done
version="$(basename "$packages"/IIKernel.Reports.*.nupkg .nupkg)"
version="${version#IIKernel.Reports.}"
for id in IIKernel IIKernel.Kernels IIKernel.Kernels.Gpu IIKernel.Reports; do
  [ -s "$packages/$id.$version.nupkg" ] && [ -s "$packages/$id.$version.snupkg" ]
done

program="$(mktemp -d)"
trap 'rm -rf "$program"' EXIT
# A version may be that of an earlier build: the machine's folder of packages is only read.
shared="$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')"
export NUGET_PACKAGES="$program/packages"
cat > "$program/nuget.config" <<END
<configuration>
  <packageSources><add key="made" value="$packages" /></packageSources>
  <fallbackPackageFolders><clear /><add key="shared" value="$shared" /></fallbackPackageFolders>
</configuration>
END
cat > "$program/caller.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="IIKernel" Version="$version" />
    <PackageReference Include="IIKernel.Kernels.Gpu" Version="$version" />
    <PackageReference Include="IIKernel.Reports" Version="$version" />
  </ItemGroup>
</Project>
END
sed -n '/^```csharp$/,/^```$/p' docs/library.md | sed '/^```/d' > "$program/Program.cs"
cat >> "$program/Program.cs" <<'END'
var table = new StringWriter();
IIKernel.Reports.EstimatesCsv.Write(table, run.Summary);
var backends = new IIKernel.Kernels.BackendCatalog();
IIKernel.Kernels.Gpu.DeviceCatalog.Register(backends);
Console.WriteLine($"{table.ToString().Split('\n').Length - 2} figures, backends {string.Join(' ', backends.Names)}");
END
(cd "$program" && dotnet run -c Release > output)
cat "$program/output"
grep -q 'with 95 % between' "$program/output" && grep -Eq '^[1-9][0-9]* figures, backends .*cuda' "$program/output"
