using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Transformers;

/// <summary>
/// Blocks of attention and feed-forward net (Vaswani et al. 2017): with the norm before each part, x ← x + f(norm x), x ← x + g(norm x); with it
/// behind, x ← norm(x + f(x)), x ← norm(x + g(x)).
/// </summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="width">d.</param>
/// <param name="blocks">How many blocks.</param>
/// <param name="heads">Heads of attention.</param>
/// <param name="inner">Width of the feed-forward nets' hidden layers.</param>
/// <param name="causal">Whether a position sees itself and earlier ones only.</param>
/// <param name="normFirst">Whether the norm comes before each part.</param>
/// <param name="activation">What the hidden layers apply.</param>
/// <param name="dropout">Share of probabilities, of hidden elements and of each part's output that is dropped in training.</param>
internal sealed class Transformer(
    string name, int width, int blocks, int heads, int inner, bool causal, bool normFirst, Func<Tensor, Tensor> activation, float dropout)
{
    private readonly Block[] _blocks = [.. Enumerable.Range(0, blocks).Select(i => new Block($"{name}.{i}"))];

    /// <summary>The variables of a block.</summary>
    private sealed class Block(string name)
    {
        public readonly Dense Mix = new($"{name}.mix"), Out = new($"{name}.out"), First = new($"{name}.first"), Second = new($"{name}.second");
        public readonly Norm NormOfMix = new($"{name}.mix.norm"), NormOfNet = new($"{name}.net.norm");
    }

    public Point Start(Point at, Rng rng)
    {
        foreach (var block in _blocks)
        {
            at = block.Mix.Start(at, width, 3 * width, rng);
            at = block.Out.Start(at, width, width, rng);
            at = block.First.Start(at, width, inner, rng);
            at = block.Second.Start(at, inner, width, rng);
            at = block.NormOfNet.Start(block.NormOfMix.Start(at, width), width);
        }
        return at;
    }

    /// <summary>(positions, d) to (positions, d); no position sees another sequence.</summary>
    public Tensor Of(Point at, Tensor x, Ids start, Rng? rng)
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            var (block, chance) = (_blocks[i], rng?.Fork(i));
            if (normFirst)
            {
                x += Mixed(at, block, block.NormOfMix.Of(at, x), start, chance);
                x += Net(at, block, block.NormOfNet.Of(at, x), chance);
            }
            else
            {
                x = block.NormOfMix.Of(at, x + Mixed(at, block, x, start, chance));
                x = block.NormOfNet.Of(at, x + Net(at, block, x, chance));
            }
        }
        return x;
    }

    private Tensor Mixed(Point at, Block block, Tensor x, Ids start, Rng? rng)
    {
        var mixed = block.Mix.Of(at, x).Attention(start, heads, causal, dropout, rng);           // (positions, d)
        return block.Out.Of(at, mixed).Dropout(dropout, rng);
    }

    private Tensor Net(Point at, Block block, Tensor x, Rng? rng)
    {
        var hidden = activation(block.First.Of(at, x)).Dropout(dropout, rng);                    // (positions, inner)
        return block.Second.Of(at, hidden).Dropout(dropout, rng);
    }
}
