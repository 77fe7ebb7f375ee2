namespace IIKernel.Bench.Fuzz;

/// <summary>Small files that are right, with all that their kinds may hold.</summary>
internal static class FuzzSeeds
{
    public const string Definition = """
        { "name": "n", "note": "r", "unit": "元", "baseYear": 2017, "years": [2017, 2018],
          "table": { "sectors": "s.csv", "flows": "f.csv", "unit": "元", "inputsOutsideFlows": true, "allow": ["discrepancy"] },
          "categories": { "file": "c.csv", "valueAdded": "v.csv", "unit": "元", "extrapolate": { "window": 3 } },
          "groups": { "file": "g.csv" },
          "coefficients": { "panel": { "ballots": "b.csv", "grades": "d.csv", "factors": "w.csv", "operator": "weighted-average" } },
          "growth": { "file": "k.csv", "fit": [2007, 2016], "returns": "free" },
          "regions": [{ "name": "p", "file": "p.csv", "gdp": "q.csv", "unit": "元", "denominators": "set" },
            { "name": "c", "file": "x.csv", "gdp": "y.csv", "unit": "元", "denominators": "nation", "nation": { "set": "p" },
              "allocation": { "direct": { "categories": "m.csv", "weights": "n.csv" } } }],
          "uncertainty": { "panel": { "factorConcentration": 50 }, "growth": true, "extrapolation": true,
            "revisions": { "valueAdded": { "sd": 0.1 }, "gdp": { "vintages": [{ "name": "a", "sd": 0.01 }], "fixed": "group" } },
            "flows": { "relativeSd": { "a": 0.5, "b": 0.1, "least": 0.01, "most": 0.5, "unit": "元" }, "fixed": "output",
              "pedigree": { "file": "o.csv" }, "blocks": "z.csv", "common": { "row": 0.2, "column": 0.1 } } },
          "published": { "file": "u.csv", "unit": "元" }, "claims": "claims.json",
          "sampling": { "draws": 1000, "seed": 1, "sequence": "philox", "level": 0.95 } }
        """;

    public const string Claims = """
        { "unit": "million USD", "claims": [
          { "id": "a", "text": "t", "textEn": "e", "group": "g",
            "condition": { "figure": { "scope": "nation", "year": 2018 }, "above": 1 } },
          { "id": "b", "text": "t", "condition": { "all": [
            { "figure": { "scope": "regions", "code": "r1", "year": 2018, "component": "direct" }, "below": 5 },
            { "any": [{ "not": { "figure": { "scope": "nation", "year": 2019, "measure": "growth" }, "above": 0.1 } }] }] } },
          { "id": "c", "text": "t", "condition": { "count": { "scope": "regions", "year": 2019, "above": 10, "exactly": 1 } } }] }
        """;

    public const string Choices = """
        { "factors": [
          { "name": "returns", "options": [{ "name": "a" }, { "name": "b", "set": { "growth": { "returns": "free" } } }] },
          { "name": "window", "options": [{ "name": "c" }, { "name": "d", "set": { "growth": { "fit": [2007, 2017] } } }] }],
          "combinations": [["a", "c"], ["b", "d"]] }
        """;

    public const string Mapping = """
        { "name": "m", "title": "t", "source": "s", "codeColumn": "C", "nameColumn": "left", "rowsUntil": ["TII"], "columnsUntil": ["GO"],
          "intermediateInput": ["TII"], "valueAdded": ["TVA"], "totalOutput": ["GO"], "unit": "万元", "emptyIsZero": true }
        """;

    public const string Quoted = "code,name,value\n1,\"a, b\",0.5\n2,\"c \"\"d\"\"\",1e-3\n3,'=e,\n";

    public const string Draws = "nation.total.2017,S:088,\"a, b\"\n1,0.5,NaN\n2,1e-300,Infinity\n3,-0.1,-Infinity\n";

    public const string Matrix = "code,a,b\na,1,2\nb,4,5\nTII,5,7\nX,9,9\n";

    public const string Ballots = "sector,factor,round,E1,E2\n088,F1,1,A,B\n088,F2,1,C,\n089,F1,2,B,A\n";
}
