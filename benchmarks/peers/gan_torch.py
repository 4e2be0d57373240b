"""Steps of WGAN-GP in PyTorch, the twin of the benchmark `gan`: generator 128-256-256-784, critic 784-256-256-1, batches of 64, penalty 10, Adam.

    python3 benchmarks/peers/gan_torch.py --threads 1
"""
import argparse
import json
import time

import torch
from torch import nn


def critic_step(critic, generator, optimizer, real, penalty):
    fake = generator(torch.randn(len(real), 128)).detach()
    alpha = torch.rand(len(real), 1)
    between = (fake + alpha * (real - fake)).requires_grad_()
    slope, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    loss = critic(fake).mean() - critic(real).mean() + penalty * ((slope.norm(dim=1) - 1) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def generator_step(critic, generator, optimizer, real, penalty):
    fake = generator(torch.randn(len(real), 128))
    loss = -critic(fake).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def measure(name, step, arguments):
    torch.manual_seed(1)
    generator = nn.Sequential(nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 784), nn.Sigmoid())
    critic = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1))
    for player in (critic if step is generator_step else generator).parameters():
        player.requires_grad_(False)                        # only the player that moves needs gradients of its weights
    moves = generator if step is generator_step else critic
    optimizer = torch.optim.Adam(moves.parameters(), lr=2e-4, betas=(0.0, 0.9))
    real = torch.rand(arguments.batch, 784)
    begun = time.perf_counter()
    while time.perf_counter() - begun < 2:
        step(critic, generator, optimizer, real, 10.0)
    times = []
    for _ in range(arguments.steps):
        begun = time.perf_counter()
        step(critic, generator, optimizer, real, 10.0)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    print(json.dumps({
        "name": f"wgan-gp {name}", "batch": arguments.batch, "threads": torch.get_num_threads(),
        "ms": round(times[len(times) // 2], 2), "best_ms": round(times[0], 2)}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=300)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    measure("critic", critic_step, given)
    measure("generator", generator_step, given)
