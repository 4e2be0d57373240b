using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Convolutional;

/// <summary>Settings of <see cref="Caser"/>.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Window">L, how many of the latest items it looks at.</param>
/// <param name="Horizontal">Filters of each height from 1 to L.</param>
/// <param name="Vertical">Filters over time.</param>
/// <param name="Dropout">Share of the filters' results that is dropped in training.</param>
/// <param name="Length">The most items of a history that it is trained on.</param>
public sealed record CaserOptions(int Dimension = 64, int Window = 5, int Horizontal = 16, int Vertical = 4, float Dropout = 0.5f, int Length = 50);

/// <summary>
/// Convolutional sequence embedding (Tang and Wang 2018): the last L items are an image E of L × d. Horizontal filters of every height, relu, the
/// largest over time; vertical filters Σ_l f_l E_l; z = relu([horizontal ; vertical] W + b); ŷ(t, i) = [z ; p_u] · w_i + b_i. Windows before a
/// history's start are filled with zeros. Someone unknown to training stands in the middle of all users.
/// </summary>
public sealed class Caser : ISequenceEncoder
{
    private readonly CaserOptions _options;
    private readonly int _users;
    private readonly Variable _items = new("items"), _people = new("users"), _output = new("items.output"), _bias = new("items.bias");
    private readonly Dense[] _horizontal;
    private readonly Dense _vertical = new("vertical"), _joined = new("joined");

    /// <summary>For so many users and items.</summary>
    public Caser(int users, int items, CaserOptions options)
    {
        (_users, ItemCount, _options, Head) = (users, items, options, new ItemHead(_output, _bias));
        _horizontal = [.. Enumerable.Range(1, options.Window).Select(height => new Dense($"horizontal.{height}"))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => [_items, _people, _output];

    /// <inheritdoc/>
    public Variable Inputs => _items;

    /// <inheritdoc/>
    public int ItemCount { get; }

    /// <inheritdoc/>
    public int Length => _options.Length;

    /// <inheritdoc/>
    public bool Cloze => false;

    /// <inheritdoc/>
    public ItemHead Head { get; }

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var (d, window, filters) = (_options.Dimension, _options.Window, _options.Horizontal);
        var at = new Point(
            (_items, Table(_items, ItemCount, d)), (_people, Table(_people, _users, d)), (_output, Table(_output, ItemCount, 2 * d)),
            (_bias, Tensor.Zeros(ItemCount)));
        for (var height = 1; height <= window; height++) at = _horizontal[height - 1].Start(at, height * d, filters, rng);
        return _joined.Start(_vertical.Start(at, window, _options.Vertical, rng), window * filters + _options.Vertical * d, d, rng);

        Tensor Table(Variable name, int rows, int width) => Tensor.Gaussian((rows, width), 1f / width, rng.Fork(name.Name));
    }

    /// <inheritdoc/>
    public Tensor Encode(Point at, Sequences histories, Rng? rng = null)
    {
        var (d, window, positions) = (_options.Dimension, _options.Window, histories.Items.Count);
        var windows = histories.Windows(window);
        var e = at[_items].Rows(windows.Items) * windows.There.Tensor.Reshape((positions * window, 1));                     // (positions · L, d)
        var image = e.Reshape((positions, window * d));
        var parts = new Tensor[window + 1];
        for (var height = 1; height <= window; height++)
        {
            Tensor? largest = null;
            for (var top = 0; top <= window - height; top++)
            {
                var seen = _horizontal[height - 1].Of(at, image.Slice(1, top * d, height * d));  // (positions, filters)
                largest = largest is null ? seen : largest.Maximum(seen);
            }
            parts[height - 1] = largest!.Relu();
        }
        var columns = image.Reshape((positions, window, d)).Transpose();                         // (positions, d, L)
        parts[window] = _vertical.Of(at, columns).Reshape((positions, d * _options.Vertical));
        var z = _joined.Of(at, Tensor.Concat(1, parts).Dropout(_options.Dropout, rng)).Relu();   // (positions, d)
        var who = histories.Users.Count > 0 ? at[_people].Rows(histories.Users) : at[_people].Mean(0, keep: true).ExpandTo((positions, d));
        return Tensor.Concat(1, z, who);
    }
}
