using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>What an <see cref="ItemGan"/> made up.</summary>
/// <param name="Table">The items with their attributes.</param>
/// <param name="Vectors">(items, features): what the generator said of them, before tokens were chosen.</param>
/// <param name="Real">(items, features): the same of the real ones that it learned from.</param>
/// <param name="Game">How it learned.</param>
public sealed record MadeItems(AttributeTable Table, Tensor Vectors, Tensor Real, GameResult Game);
