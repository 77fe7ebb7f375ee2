namespace IIKernel.Tables;

/// <summary>The irreducible diagonal blocks of a square matrix: the strongly connected components of its graph (Tarjan 1972).</summary>
internal static class IrreducibleBlocks
{
    /// <summary>The indices of each block, ascending; every index is in one block.</summary>
    public static List<int[]> Of(double[,] a)
    {
        var n = a.GetLength(0);
        var (order, low, next) = (new int[n], new int[n], new int[n]);
        var pending = new bool[n];
        var (component, path) = (new Stack<int>(), new Stack<int>());
        var blocks = new List<int[]>();
        var count = 0;
        for (var root = 0; root < n; root++)
        {
            if (order[root] > 0) continue;
            // The recursion is unrolled: a chain of n sectors would be n calls deep.
            Enter(root);
            while (path.TryPeek(out var v))
            {
                if (next[v] < n)
                {
                    var w = next[v]++;
                    if (a[v, w] == 0) continue;
                    if (order[w] == 0) Enter(w);
                    else if (pending[w]) low[v] = Math.Min(low[v], order[w]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var parent)) low[parent] = Math.Min(low[parent], low[v]);
                if (low[v] == order[v]) blocks.Add(Leave(v));
            }
        }

        return blocks;

        void Enter(int v)
        {
            order[v] = low[v] = ++count;
            pending[v] = true;
            component.Push(v);
            path.Push(v);
        }

        int[] Leave(int v)
        {
            var block = new List<int>();
            int w;
            do
            {
                w = component.Pop();
                pending[w] = false;
                block.Add(w);
            }
            while (w != v);
            block.Sort();
            return [.. block];
        }
    }
}
