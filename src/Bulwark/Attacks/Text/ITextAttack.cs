using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>What texts are worth to an attacker, the more the better: an item's exposure with each of them, or how wrong a classifier is.</summary>
public delegate IReadOnlyList<float> TextScores(IReadOnlyList<string> texts);

/// <summary>A text that an attack has made of another.</summary>
/// <param name="Text">The text; the original if nothing better was found.</param>
/// <param name="Before">What the original was worth.</param>
/// <param name="After">What it is worth.</param>
/// <param name="Queries">How many texts the victim was asked for.</param>
public sealed record EditedText(string Text, float Before, float After, int Queries);

/// <summary>A search for the edited text that is worth most.</summary>
public interface ITextAttack
{
    /// <summary>The best text met within the limit, at worst the original.</summary>
    /// <param name="scores">The victim, who is asked and not opened.</param>
    /// <param name="text">The original.</param>
    /// <param name="limit">How far an edit may go.</param>
    /// <param name="rng">The attacker's dice.</param>
    EditedText Find(TextScores scores, string text, TextLimit limit, Rng rng);
}
