namespace Bulwark.Models.Autoencoders;

/// <summary>Settings of <see cref="MultDae"/> and <see cref="MultVae"/>, as published by default.</summary>
/// <param name="Latent">Width of the code.</param>
/// <param name="Hidden">Width of the layer before it and of the one behind it.</param>
/// <param name="Dropout">Share of the touched items that is hidden in training.</param>
public sealed record AutoencoderOptions(int Latent = 200, int Hidden = 600, float Dropout = 0.5f);
