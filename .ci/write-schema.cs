#!/usr/bin/env dotnet
// Writes study.schema.json anew after a change of StudyDefinition: dotnet run .ci/write-schema.cs, in the repository's root.
#:property RestorePackagesWithLockFile=false
#:project ../src/IIKernel/IIKernel.csproj
using IIKernel.Studies;

File.WriteAllText(Path.Combine("src", "IIKernel", "Data", "study.schema.json"), StudySchema.Export());
