#!/usr/bin/env dotnet
// Writes the schemas anew after a change of StudyDefinition or ClaimsDefinition: dotnet run .ci/write-schema.cs, in the repository's root.
#:property RestorePackagesWithLockFile=false
#:project ../src/IIKernel/IIKernel.csproj
using IIKernel.Studies;

File.WriteAllText(Path.Combine("src", "IIKernel", "Data", "study.schema.json"), StudySchema.Export());
File.WriteAllText(Path.Combine("src", "IIKernel", "Data", "claims.schema.json"), StudySchema.ExportClaims());
