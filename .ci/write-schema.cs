#!/usr/bin/env dotnet
// Writes the schemas anew after a change of StudyDefinition, ClaimsDefinition or of what receipts hold: dotnet run .ci/write-schema.cs, in
// the repository's root.
#:property RestorePackagesWithLockFile=false
#:project ../src/IIKernel.Reports/IIKernel.Reports.csproj
using IIKernel.Reports;
using IIKernel.Studies;

var folder = Path.Combine("src", "IIKernel", "Data");
File.WriteAllText(Path.Combine(folder, "study.schema.json"), StudySchema.Export());
File.WriteAllText(Path.Combine(folder, "claims.schema.json"), StudySchema.ExportClaims());
File.WriteAllText(Path.Combine(folder, "receipt.schema.json"), ReceiptSchema.Export());
