using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>A trained model in a study.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Model">The formula.</param>
/// <param name="At">Its values.</param>
/// <param name="Loss">What an attacker makes large.</param>
public sealed record Contender(string Name, IModel Model, Point At, Loss Loss);
