/** Some regions of the global site; Azure regions have the prefix `az-` (F84). All have the same `domain`. */
const REGIONS: readonly { cloudId: string; regionId: string }[] = [
  { cloudId: 'aws', regionId: 'aws-us-west-2' },
  { cloudId: 'aws', regionId: 'aws-us-east-1' },
  { cloudId: 'aws', regionId: 'aws-eu-central-1' },
  { cloudId: 'gcp', regionId: 'gcp-us-west1' },
  { cloudId: 'gcp', regionId: 'gcp-europe-west3' },
  { cloudId: 'azure', regionId: 'az-eastus' },
]

export function regionsOf(cloudId: string | undefined) {
  return REGIONS.filter(region => cloudId === undefined || region.cloudId === cloudId).map(region => ({
    ...region,
    domain: 'api.cloud.zilliz.com',
  }))
}

export function isRegion(regionId: string): boolean {
  return REGIONS.some(region => region.regionId === regionId)
}

/** The provider's prefix of a region id, such as `aws` or `az`. */
export function providerOf(regionId: string): string {
  return regionId.split('-')[0] ?? ''
}
