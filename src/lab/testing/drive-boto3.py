# What boto3 makes of the lab: each service with its exceptions, paginators and waiters. Written for boto3 1.26, Debian's.
# Argument: the lab's address.

import json, sys, urllib.request
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

url = sys.argv[1]
called = {}


def client(name, region='eu-west-1'):
    made = boto3.client(name, endpoint_url=url, region_name=region, config=Config(retries={'max_attempts': 0}))
    made.meta.events.register('before-call', lambda model, **_: called.setdefault(name, []).append(model.name))
    return made


def refused(error, call, **parameters):
    """The answer of a call that must be refused with that exception."""
    try:
        call(**parameters)
    except error as problem:
        return problem.response
    raise AssertionError('%s was not refused' % call.__name__)


def later(duration):
    """Moves the lab's time."""
    body = json.dumps({'move': duration}).encode()
    urllib.request.urlopen(urllib.request.Request(url + '/_lab/clock', body, method='POST')).read()


def names(pages, member, name):
    return [item[name] for page in pages for item in page[member]]


redshift = client('redshift')
sts = client('sts')
iam = client('iam', 'us-east-1')
ec2 = client('ec2')
kms = client('kms')
s3 = client('s3')
logs = client('logs')
cloudtrail = client('cloudtrail')
secretsmanager = client('secretsmanager')
organizations = client('organizations', 'us-east-1')
serverless = client('redshift-serverless')

# STS
identity = sts.get_caller_identity()
assert identity['Arn'].endswith(':user/alice'), identity
role = 'arn:aws:iam::%s:role/operator' % identity['Account']
lent = sts.assume_role(RoleArn=role, RoleSessionName='boto3', DurationSeconds=900)
assert lent['Credentials']['Expiration'].tzinfo is not None
missing = refused(ClientError, sts.assume_role, RoleArn=role + 'x', RoleSessionName='boto3')
assert missing['Error']['Code'] == 'AccessDenied' and missing['ResponseMetadata']['HTTPStatusCode'] == 403

# IAM
document = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]})
iam.create_user(UserName='robot', Tags=[{'Key': 'team', 'Value': 'data'}])
assert iam.get_user(UserName='robot')['User']['Tags'] == [{'Key': 'team', 'Value': 'data'}]
iam.get_waiter('user_exists').wait(UserName='robot', WaiterConfig={'MaxAttempts': 1})
refused(iam.exceptions.EntityAlreadyExistsException, iam.create_user, UserName='robot')
policy = iam.create_policy(PolicyName='all-buckets', PolicyDocument=document)['Policy']
iam.attach_user_policy(UserName='robot', PolicyArn=policy['Arn'])
refused(iam.exceptions.DeleteConflictException, iam.delete_policy, PolicyArn=policy['Arn'])
refused(iam.exceptions.MalformedPolicyDocumentException, iam.create_policy, PolicyName='bad', PolicyDocument='{}')
paginator = iam.get_paginator('list_attached_user_policies')
assert names(paginator.paginate(UserName='robot'), 'AttachedPolicies', 'PolicyName') == ['all-buckets']
version = iam.get_policy_version(PolicyArn=policy['Arn'], VersionId='v1')['PolicyVersion']
assert version['Document']['Statement'][0]['Action'] == 's3:*', version
refused(iam.exceptions.NoSuchEntityException, iam.get_role, RoleName='nobody')
assert {'auditor', 'operator'} <= set(names(iam.get_paginator('list_roles').paginate(), 'Roles', 'RoleName'))


# IAM: groups, tags and what is attached, there and gone again
iam.create_group(GroupName='loaders')
assert 'loaders' in names(iam.get_paginator('list_groups').paginate(), 'Groups', 'GroupName')
iam.attach_group_policy(GroupName='loaders', PolicyArn=policy['Arn'])
paged = iam.get_paginator('list_attached_group_policies').paginate(GroupName='loaders')
assert names(paged, 'AttachedPolicies', 'PolicyName') == ['all-buckets']
iam.detach_group_policy(GroupName='loaders', PolicyArn=policy['Arn'])
assert iam.list_attached_group_policies(GroupName='loaders')['AttachedPolicies'] == []
iam.put_group_policy(GroupName='loaders', PolicyName='own', PolicyDocument=document)
assert iam.get_group_policy(GroupName='loaders', PolicyName='own')['PolicyDocument'] == json.loads(document)
assert iam.list_group_policies(GroupName='loaders')['PolicyNames'] == ['own']
iam.delete_group_policy(GroupName='loaders', PolicyName='own')
assert iam.list_group_policies(GroupName='loaders')['PolicyNames'] == []
iam.put_user_policy(UserName='robot', PolicyName='own', PolicyDocument=document)
assert iam.get_user_policy(UserName='robot', PolicyName='own')['PolicyDocument'] == json.loads(document)
iam.untag_user(UserName='robot', TagKeys=['team'])
assert iam.list_user_tags(UserName='robot')['Tags'] == []
iam.put_user_permissions_boundary(UserName='robot', PermissionsBoundary=policy['Arn'])
iam.delete_user_permissions_boundary(UserName='robot')
assert 'PermissionsBoundary' not in iam.get_user(UserName='robot')['User']
iam.tag_policy(PolicyArn=policy['Arn'], Tags=[{'Key': 'team', 'Value': 'data'}])
assert iam.list_policy_tags(PolicyArn=policy['Arn'])['Tags'] == [{'Key': 'team', 'Value': 'data'}]
iam.untag_policy(PolicyArn=policy['Arn'], TagKeys=['team'])
assert iam.list_policy_tags(PolicyArn=policy['Arn'])['Tags'] == []
trust = {'Effect': 'Allow', 'Principal': {'Service': 'redshift.amazonaws.com'}, 'Action': 'sts:AssumeRole'}
iam.create_role(RoleName='loader', AssumeRolePolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [trust]}),
                Tags=[{'Key': 'team', 'Value': 'data'}], PermissionsBoundary=policy['Arn'])
assert iam.list_role_tags(RoleName='loader')['Tags'] == [{'Key': 'team', 'Value': 'data'}]
iam.delete_role_permissions_boundary(RoleName='loader')
assert 'PermissionsBoundary' not in iam.get_role(RoleName='loader')['Role']
iam.attach_role_policy(RoleName='loader', PolicyArn=policy['Arn'])
assert [p['PolicyName'] for p in iam.list_attached_role_policies(RoleName='loader')['AttachedPolicies']] == ['all-buckets']
iam.detach_role_policy(RoleName='loader', PolicyArn=policy['Arn'])
iam.put_role_policy(RoleName='loader', PolicyName='own', PolicyDocument=document)
assert iam.list_role_policies(RoleName='loader')['PolicyNames'] == ['own']
iam.create_account_alias(AccountAlias='of-a-test')
iam.delete_account_alias(AccountAlias='of-a-test')
assert iam.list_account_aliases()['AccountAliases'] == []

# EC2
assert 'eu-west-1' in [region['RegionName'] for region in ec2.describe_regions()['Regions']]
vpc = ec2.describe_vpcs()['Vpcs'][0]
assert vpc['IsDefault'] is True
assert len(names(ec2.get_paginator('describe_subnets').paginate(), 'Subnets', 'SubnetId')) > 1
group = ec2.create_security_group(GroupName='warehouse', Description='of a test', VpcId=vpc['VpcId'])['GroupId']
rule = {'IpProtocol': 'tcp', 'FromPort': 5439, 'ToPort': 5439, 'IpRanges': [{'CidrIp': '10.0.0.0/8'}]}
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
again = refused(ClientError, ec2.authorize_security_group_ingress, GroupId=group, IpPermissions=[rule])
assert again['Error']['Code'] == 'InvalidPermission.Duplicate', again
found = ec2.describe_security_groups(Filters=[{'Name': 'group-name', 'Values': ['warehouse']}])['SecurityGroups']
assert found[0]['IpPermissions'][0]['IpRanges'] == [{'CidrIp': '10.0.0.0/8'}], found
ec2.delete_security_group(GroupId=group)
gone = refused(ClientError, ec2.describe_security_groups, GroupIds=[group])
assert gone['Error']['Code'] == 'InvalidGroup.NotFound'

# KMS
key = kms.create_key(Description='of a test')['KeyMetadata']
assert key['KeyState'] == 'Enabled' and key['CreationDate'].tzinfo is not None
kms.create_alias(AliasName='alias/boto3', TargetKeyId=key['KeyId'])
sealed = kms.encrypt(KeyId='alias/boto3', Plaintext=b'hello', EncryptionContext={'of': 'test'})['CiphertextBlob']
assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext={'of': 'test'})['Plaintext'] == b'hello'
refused(kms.exceptions.InvalidCiphertextException, kms.decrypt, CiphertextBlob=sealed)
assert len(kms.generate_data_key(KeyId=key['Arn'], KeySpec='AES_256')['Plaintext']) == 32
wrapped = kms.generate_data_key_without_plaintext(KeyId=key['Arn'], KeySpec='AES_256')
assert 'Plaintext' not in wrapped and len(kms.decrypt(CiphertextBlob=wrapped['CiphertextBlob'])['Plaintext']) == 32
kms.update_key_description(KeyId=key['KeyId'], Description='of a better test')
assert kms.describe_key(KeyId='alias/boto3')['KeyMetadata']['Description'] == 'of a better test'
kms.tag_resource(KeyId=key['KeyId'], Tags=[{'TagKey': 'team', 'TagValue': 'data'}])
assert kms.list_resource_tags(KeyId=key['KeyId'])['Tags'] == [{'TagKey': 'team', 'TagValue': 'data'}]
kms.untag_resource(KeyId=key['KeyId'], TagKeys=['team'])
assert kms.list_resource_tags(KeyId=key['KeyId'])['Tags'] == []
assert kms.list_key_policies(KeyId=key['KeyId'])['PolicyNames'] == ['default']
kms.enable_key_rotation(KeyId=key['KeyId'])
assert kms.get_key_rotation_status(KeyId=key['KeyId'])['KeyRotationEnabled'] is True
kms.disable_key_rotation(KeyId=key['KeyId'])
assert kms.get_key_rotation_status(KeyId=key['KeyId'])['KeyRotationEnabled'] is False
grant = kms.create_grant(KeyId=key['KeyId'], GranteePrincipal=role, RetiringPrincipal=identity['Arn'], Operations=['Decrypt'])
retirable = kms.list_retirable_grants(RetiringPrincipal=identity['Arn'])['Grants']
assert [one['GrantId'] for one in retirable] == [grant['GrantId']], retirable
kms.retire_grant(GrantToken=grant['GrantToken'])
assert kms.list_retirable_grants(RetiringPrincipal=identity['Arn'])['Grants'] == []
kms.create_alias(AliasName='alias/short', TargetKeyId=key['KeyId'])
for call, words in [
    (kms.create_alias, {'AliasName': 'alias/other', 'TargetKeyId': 'alias/short'}),
    (kms.delete_alias, {'AliasName': 'alias/aws/redshift'}),
    (kms.list_key_policies, {'KeyId': key['KeyId'], 'Marker': 'nonsense'}),
]:
    # These declare no error of their own for it.
    assert refused(ClientError, call, **words)['Error']['Code'] == 'ValidationException'
kms.delete_alias(AliasName='alias/short')
refused(kms.exceptions.NotFoundException, kms.describe_key, KeyId='alias/short')
kms.disable_key(KeyId=key['KeyId'])
refused(kms.exceptions.DisabledException, kms.encrypt, KeyId='alias/boto3', Plaintext=b'hello')
refused(kms.exceptions.NotFoundException, kms.describe_key, KeyId='alias/nobody')
paged = kms.get_paginator('list_keys').paginate(PaginationConfig={'PageSize': 2})
assert key['KeyId'] in names(paged, 'Keys', 'KeyId')

# S3
s3.create_bucket(Bucket='of-a-test', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
s3.get_waiter('bucket_exists').wait(Bucket='of-a-test', WaiterConfig={'MaxAttempts': 1})
refused(s3.exceptions.BucketAlreadyOwnedByYou, s3.create_bucket, Bucket='of-a-test',
        CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
for index in range(5):
    s3.put_object(Bucket='of-a-test', Key='logs/%d.txt' % index, Body=b'line %d' % index)
paged = s3.get_paginator('list_objects_v2').paginate(Bucket='of-a-test', PaginationConfig={'PageSize': 2})
assert names(paged, 'Contents', 'Key') == ['logs/%d.txt' % index for index in range(5)]
assert s3.get_object(Bucket='of-a-test', Key='logs/3.txt')['Body'].read() == b'line 3'
refused(s3.exceptions.NoSuchKey, s3.get_object, Bucket='of-a-test', Key='nothing')
refused(s3.exceptions.NoSuchBucket, s3.list_objects_v2, Bucket='nobody-has-this')
assert s3.head_object(Bucket='of-a-test', Key='logs/0.txt')['ContentLength'] == 6
s3.put_bucket_tagging(Bucket='of-a-test', Tagging={'TagSet': [{'Key': 'team', 'Value': 'data'}]})
s3.delete_bucket_tagging(Bucket='of-a-test')
unset = refused(ClientError, s3.get_bucket_tagging, Bucket='of-a-test')
assert unset['Error']['Code'] == 'NoSuchTagSet'
rule = {'ID': 'old', 'Status': 'Enabled', 'Filter': {'Prefix': 'logs/'}, 'Expiration': {'Days': 30}}
s3.put_bucket_lifecycle_configuration(Bucket='of-a-test', LifecycleConfiguration={'Rules': [rule]})
s3.delete_bucket_lifecycle(Bucket='of-a-test')
unset = refused(ClientError, s3.get_bucket_lifecycle_configuration, Bucket='of-a-test')
assert unset['Error']['Code'] == 'NoSuchLifecycleConfiguration'
s3.delete_bucket_ownership_controls(Bucket='of-a-test')
unset = refused(ClientError, s3.get_bucket_ownership_controls, Bucket='of-a-test')
assert unset['Error']['Code'] == 'OwnershipControlsNotFoundError'
block = s3.get_public_access_block(Bucket='of-a-test')['PublicAccessBlockConfiguration']
assert all(block.values()), block
s3.delete_objects(Bucket='of-a-test', Delete={'Objects': [{'Key': 'logs/%d.txt' % index} for index in range(5)]})
s3.delete_bucket(Bucket='of-a-test')

# Redshift
absent = refused(redshift.exceptions.ClusterNotFoundFault, redshift.describe_logging_status, ClusterIdentifier='nowhere')
assert (absent['Error']['Code'], absent['ResponseMetadata']['HTTPStatusCode']) == ('ClusterNotFound', 404)
for index in range(12):
    redshift.create_cluster_parameter_group(
        ParameterGroupName='group-%d' % index, ParameterGroupFamily='redshift-2.0', Description='of a test')
paged = redshift.get_paginator('describe_cluster_parameter_groups').paginate(PaginationConfig={'PageSize': 20})
assert sorted(names(paged, 'ParameterGroups', 'ParameterGroupName'))[:2] == ['default.redshift-1.0', 'default.redshift-2.0']
redshift.modify_cluster_parameter_group(
    ParameterGroupName='lax', Parameters=[{'ParameterName': 'require_ssl', 'ParameterValue': 'true'}])
cluster = redshift.describe_clusters(ClusterIdentifier='sales')['Clusters'][0]
assert cluster['ClusterParameterGroups'][0]['ParameterApplyStatus'] == 'pending-reboot'
assert cluster['ClusterCreateTime'].tzinfo is not None
redshift.get_waiter('cluster_available').wait(ClusterIdentifier='sales', WaiterConfig={'MaxAttempts': 1})
redshift.get_waiter('snapshot_available').wait(SnapshotIdentifier='weekly', WaiterConfig={'MaxAttempts': 1})
redshift.authorize_snapshot_access(SnapshotIdentifier='weekly', AccountWithRestoreAccess='444455556666')
refused(redshift.exceptions.AuthorizationAlreadyExistsFault, redshift.authorize_snapshot_access,
        SnapshotIdentifier='weekly', AccountWithRestoreAccess='444455556666')
refused(redshift.exceptions.InvalidClusterSnapshotStateFault, redshift.delete_cluster_snapshot, SnapshotIdentifier='weekly')
batch = redshift.batch_delete_cluster_snapshots(Identifiers=[{'SnapshotIdentifier': 'nothing'}])
assert batch['Errors'][0]['FailureCode'], batch
redshift.enable_logging(ClusterIdentifier='stock', BucketName='audit-bucket', S3KeyPrefix='logs/')
assert redshift.describe_logging_status(ClusterIdentifier='stock')['BucketName'] == 'audit-bucket'
refused(redshift.exceptions.BucketNotFoundFault, redshift.enable_logging, ClusterIdentifier='sales', BucketName='no-bucket')
refused(redshift.exceptions.InvalidRetentionPeriodFault, redshift.modify_cluster_snapshot,
        SnapshotIdentifier='weekly', ManualSnapshotRetentionPeriod=9999)
vault = {'HsmConfigurationIdentifier': 'spare', 'Description': 'of a test', 'HsmIpAddress': '10.0.0.10',
         'HsmPartitionName': 'two', 'HsmPartitionPassword': 'hidden', 'HsmServerPublicCertificate': 'shown to nobody'}
shown = redshift.create_hsm_configuration(**vault)['HsmConfiguration']
assert shown['HsmIpAddress'] == '10.0.0.10' and 'HsmPartitionPassword' not in shown
paged = redshift.get_paginator('describe_hsm_configurations').paginate()
assert {'spare', 'vault'} == set(names(paged, 'HsmConfigurations', 'HsmConfigurationIdentifier'))
redshift.delete_hsm_configuration(HsmConfigurationIdentifier='spare')
refused(redshift.exceptions.HsmConfigurationNotFoundFault, redshift.describe_hsm_configurations,
        HsmConfigurationIdentifier='spare')
revisions = redshift.describe_cluster_db_revisions(ClusterIdentifier='stock')['ClusterDbRevisions'][0]
assert revisions['ClusterIdentifier'] == 'stock' and revisions['CurrentDatabaseRevision'], revisions
refused(redshift.exceptions.ClusterNotFoundFault, redshift.modify_cluster_db_revision,
        ClusterIdentifier='nowhere', RevisionTarget='1')
redshift.create_snapshot_schedule(ScheduleIdentifier='nightly', ScheduleDefinitions=['rate(12 hours)'])
refused(redshift.exceptions.InvalidScheduleFault, redshift.modify_snapshot_schedule,
        ScheduleIdentifier='nightly', ScheduleDefinitions=['at(noon)'])
paged = redshift.get_paginator('describe_data_shares').paginate()
share = [share for page in paged for share in page['DataShares']][0]
assert share['DataShareArn'].endswith('/prices'), share
assert redshift.describe_endpoint_authorization()['EndpointAuthorizationList'][0]['Grantee'] == '444455556666'
paged = redshift.get_paginator('describe_event_subscriptions').paginate()
assert names(paged, 'EventSubscriptionsList', 'CustSubscriptionId') == ['alarms']
refused(redshift.exceptions.SubscriptionNotFoundFault, redshift.delete_event_subscription, SubscriptionName='nothing')
assert redshift.reboot_cluster(ClusterIdentifier='sales')['Cluster']['ClusterStatus'] == 'rebooting'
refused(redshift.exceptions.InvalidClusterStateFault, redshift.reboot_cluster, ClusterIdentifier='sales')
later('+5m')
redshift.get_waiter('cluster_available').wait(ClusterIdentifier='sales', WaiterConfig={'MaxAttempts': 1})
cluster = redshift.describe_clusters(ClusterIdentifier='sales')['Clusters'][0]
assert cluster['ClusterParameterGroups'][0]['ParameterApplyStatus'] == 'in-sync'

# Redshift Serverless
assert serverless.get_namespace(namespaceName='web')['namespace']['status'] == 'AVAILABLE'
assert 'web' in names(serverless.get_paginator('list_namespaces').paginate(), 'namespaces', 'namespaceName')
refused(serverless.exceptions.ResourceNotFoundException, serverless.get_workgroup, workgroupName='nobody')
made = serverless.create_snapshot(namespaceName='web', snapshotName='by-boto3', retentionPeriod=7)['snapshot']
assert made['status'] == 'CREATING', made
refused(serverless.exceptions.ConflictException, serverless.create_snapshot, namespaceName='web', snapshotName='by-boto3')

# Secrets Manager
assert secretsmanager.get_secret_value(SecretId='redshift/sales')['SecretString'] == '{}'
refused(secretsmanager.exceptions.ResourceNotFoundException, secretsmanager.get_secret_value, SecretId='nothing')
assert 'redshift/sales' in names(secretsmanager.get_paginator('list_secrets').paginate(), 'SecretList', 'Name')

# Organizations
assert organizations.describe_organization()['Organization']['MasterAccountId'] == identity['Account']
assert '444455556666' in names(organizations.get_paginator('list_accounts').paginate(), 'Accounts', 'Id')
refused(organizations.exceptions.AccountNotFoundException, organizations.describe_account, AccountId='999999999999')

# CloudWatch Logs
logs.create_log_group(logGroupName='by-boto3')
refused(logs.exceptions.ResourceAlreadyExistsException, logs.create_log_group, logGroupName='by-boto3')
logs.create_log_stream(logGroupName='by-boto3', logStreamName='one')
paged = logs.get_paginator('describe_log_groups').paginate(logGroupNamePrefix='by-')
assert names(paged, 'logGroups', 'logGroupName') == ['by-boto3']
refused(logs.exceptions.ResourceNotFoundException, logs.get_log_events, logGroupName='nothing', logStreamName='one')
assert logs.filter_log_events(logGroupName='/aws/redshift/sales')['events'][0]['message'] == 'hello'

# CloudTrail, which has seen it all
assert cloudtrail.describe_trails()['trailList'][0]['Name'] == 'account'
assert cloudtrail.get_trail_status(Name='account')['IsLogging'] is True
refused(cloudtrail.exceptions.TrailNotFoundException, cloudtrail.get_trail_status, Name='nobody')
paged = cloudtrail.get_paginator('lookup_events').paginate(
    LookupAttributes=[{'AttributeKey': 'EventName', 'AttributeValue': 'RebootCluster'}])
event = [json.loads(event['CloudTrailEvent']) for page in paged for event in page['Events']][-1]
assert event['requestParameters'] == {'clusterIdentifier': 'sales'}, event
assert 'Boto3' in event['userAgent'], event

# The Redshift Data API
data = client('redshift-data')
asked = data.execute_statement(ClusterIdentifier='stock', Database='dev', DbUser='awsuser', Sql='select * from stl_userlog')
later('+1m')
told = data.describe_statement(Id=asked['Id'])
assert (told['Status'], told['ClusterIdentifier']) == ('FINISHED', 'stock'), told
result = data.get_paginator('get_statement_result').paginate(Id=asked['Id'])
assert 'username' in names(result, 'ColumnMetadata', 'name')
assert asked['Id'] in names(data.get_paginator('list_statements').paginate(), 'Statements', 'Id')
refused(data.exceptions.ResourceNotFoundException, data.describe_statement, Id='00000000-0000-0000-0000-000000000000')

print(json.dumps(called))
